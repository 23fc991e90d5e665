package io.corral.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code corral top} on the service, on the terminal of this process. */
final class Watch implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    private final Process top;

    Watch(String tools, Path javaHome, long pid) throws IOException {
        List<String> command = List.of(
                ServiceProcess.java(javaHome),
                // The terminal library has native code.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                tools,
                "io.corral.tools.Tools",
                "top",
                Long.toString(pid));
        top = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of top"));
    }

    /** Whether it has the terminal. It ends early if the user quits. */
    boolean isShown() {
        return top.isAlive();
    }

    /** Returns when the terminal is restored. */
    @Override
    public void close() {
        top.destroy();
        try {
            if (top.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        top.destroyForcibly();
    }
}
