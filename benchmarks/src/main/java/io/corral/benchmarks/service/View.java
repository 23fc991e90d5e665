package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Setup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the numbers of a service are looked at. */
enum View {
    NONE("no view", ""),
    METRICS("metrics scraped each 5 s", ",metrics=prometheus:127.0.0.1:"),
    QUEUED("queued=on", ",queued=on"),
    TOP("top each second", ""),
    PROFILE("recording with corral-profile.jfc", "");

    static final int SCRAPE_SECONDS = 5;

    private final String title;
    private final String option;

    View(String title, String option) {
        this.title = title;
        this.option = option;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** @param port for the endpoint, if this has one */
    List<String> flags(Jars jars, int port) {
        List<String> flags = new ArrayList<>();
        for (String flag : Setup.EXACT.flags(jars)) {
            boolean isAgent = flag.startsWith("-javaagent:");
            flags.add(isAgent ? flag + option + (this == METRICS ? port : "") : flag);
        }
        if (this == PROFILE) {
            flags.add("-XX:StartFlightRecording:settings=default,settings="
                    + jars.agent().resolveSibling("corral-profile.jfc"));
            flags.add("-Xlog:jfr+startup=off");
        }
        return flags;
    }

    Viewer viewer(int port) {
        return switch (this) {
            case METRICS -> new Scraper(port);
            case TOP -> new TopViewer();
            case NONE, QUEUED, PROFILE -> Viewer.NONE;
        };
    }

    @Override
    public String toString() {
        return title;
    }

    /** Looks at one service. */
    interface Viewer extends AutoCloseable {

        Viewer NONE = new Viewer() {};

        default void attach(Jars jars, long pid) throws Exception {}

        /** Called once a turn, if the viewer does not look by itself. */
        default void look() throws Exception {}

        @Override
        default void close() throws Exception {}
    }

    private record Scraper(int port) implements Viewer {
        @Override
        public void look() throws IOException {
            URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
            try (InputStream answer = uri.toURL().openStream()) {
                if (!new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                        .contains("corral_cpu_time")) {
                    throw new IOException("no metrics at " + uri);
                }
            }
        }
    }

    /** Reads what {@code corral top} prints, so that its pipe is never full. */
    private static final class TopViewer implements Viewer {

        private @Nullable Process top;

        @Override
        public void attach(Jars jars, long pid) throws IOException {
            Path home = jars.agent().resolveSibling("../..").normalize();
            Process started = new ProcessBuilder(
                            home.resolve("corral").toString(),
                            "top",
                            "--batch",
                            "--json",
                            "--iterations=" + Integer.MAX_VALUE,
                            Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            top = started;
            InputStream lines = started.getInputStream();
            if (lines.read() < 0) {
                throw new IOException("corral top has ended");
            }
            Thread reader = new Thread(() -> readAll(lines));
            reader.setDaemon(true);
            reader.start();
        }

        private static void readAll(InputStream lines) {
            try {
                lines.transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // The process has ended.
            }
        }

        @Override
        public void close() throws InterruptedException {
            if (top != null) {
                top.destroy();
                top.waitFor();
            }
        }
    }
}
