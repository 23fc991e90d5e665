package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.KernelGroup;
import io.corral.examples.service.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo's service in a separate JVM, and its view. */
final class ServiceJvm implements AutoCloseable {

    private static final String MAIN = "io.corral.examples.service.Service";

    private final View view;
    private final @Nullable KernelGroup group;
    private final ChildJvm jvm;
    private final int port;
    private final int metricsPort = freePort();
    private final @Nullable Process top;

    ServiceJvm(Cpus cpus, Jdk jdk, Jars jars, Variant variant) throws IOException {
        view = variant.view();
        List<String> command = new ArrayList<>(cpus.service());
        command.addAll(List.of(jdk.java().toString(), "-Xms256m", "-Xmx256m"));
        command.addAll(variant.setup().flags(jars));
        if (view == View.METRICS) {
            command.add("-Dcorral.metrics=prometheus:127.0.0.1:" + metricsPort);
        } else if (view == View.QUEUED) {
            command.add("-Dcorral.queued=on");
        }
        if (!view.settings.isEmpty()) {
            command.add("-XX:StartFlightRecording:settings=default,settings="
                    + jars.agent().resolveSibling(view.settings));
            command.add("-Xlog:jfr+startup=off");
        }
        command.addAll(List.of("-cp", jars.examplesClassPath(), MAIN, "0"));
        group = KernelGroup.isAvailable() ? new KernelGroup() : null;
        jvm = new ChildJvm(group == null ? command : group.around(command));
        port = Integer.parseInt(jvm.await("ready"));
        check(port, Shop.USAGE_PATH, "\"active\":" + variant.setup().isCorral());
        // Before the warm-up, so that what its connection costs is not counted.
        top = view == View.TOP ? top(jars) : null;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process top(Jars jars) throws IOException {
        return new ProcessBuilder(
                        jars.agent().resolveSibling("../../corral").normalize().toString(),
                        "top",
                        "--batch",
                        "--json",
                        "--iterations=" + Integer.MAX_VALUE,
                        Long.toString(jvm.handle().pid()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private static void check(int port, String path, String expected) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try (InputStream answer = uri.toURL().openStream()) {
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.contains(expected)) {
                throw new IOException("no " + expected + " at " + uri + ": " + text);
            }
        }
    }

    /**
     * Sends so many rounds, and again until the time is over, and looks once.
     *
     * @return the microseconds of CPU time that the service used for a request
     */
    double cpuMicros(LoadJvm load, int rounds, long nanos) throws IOException {
        long before = cpuNanos();
        long began = System.nanoTime();
        long requests = 0;
        do {
            requests += load.send(port, rounds);
        } while (System.nanoTime() - began < nanos);
        if (view == View.METRICS) {
            check(metricsPort, "/metrics", "corral_cpu_time");
        } else if (top != null && !top.isAlive()) {
            throw new IOException("corral top has ended");
        }
        return (cpuNanos() - before) / 1e3 / requests;
    }

    /** CPU time of the service since its start. */
    private long cpuNanos() throws IOException {
        return group != null
                ? group.cpuNanos()
                : jvm.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() throws IOException {
        if (top != null) {
            top.destroy();
        }
        jvm.close();
        if (group != null) {
            group.close();
        }
    }
}
