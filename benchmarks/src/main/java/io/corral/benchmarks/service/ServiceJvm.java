package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.KernelGroup;
import io.corral.benchmarks.harness.Setup;
import io.corral.examples.service.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo's service in a separate JVM. */
final class ServiceJvm implements AutoCloseable {

    private static final String MAIN = "io.corral.examples.service.Service";

    /** How a service is started. */
    record Variant(Setup setup, boolean isRecording) {

        /**
         * The JVM's flags. The base uses the same recording settings: the JDK's default ones and
         * Corral's.
         */
        List<String> flags(Jars jars) {
            List<String> flags = new ArrayList<>(setup.flags(jars));
            if (isRecording) {
                flags.add("-XX:StartFlightRecording:settings=default,settings="
                        + jars.agent().resolveSibling("corral.jfc"));
                flags.add("-Xlog:jfr+startup=off");
            }
            return flags;
        }

        @Override
        public String toString() {
            return setup + (isRecording ? ", recording" : "");
        }
    }

    private final @Nullable KernelGroup group;
    private final ChildJvm jvm;
    private final int port;

    ServiceJvm(Cpus cpus, Jdk jdk, Jars jars, Variant variant) throws IOException {
        this(cpus, jdk, jars, variant.flags(jars), variant.setup().isCorral());
    }

    /** @param isCorral whether the flags start Corral, which is checked */
    ServiceJvm(Cpus cpus, Jdk jdk, Jars jars, List<String> flags, boolean isCorral)
            throws IOException {
        List<String> command = new ArrayList<>(cpus.service());
        command.addAll(List.of(jdk.java().toString(), "-Xms256m", "-Xmx256m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", jars.examplesClassPath(), MAIN, "0"));
        group = KernelGroup.isAvailable() ? new KernelGroup() : null;
        jvm = new ChildJvm(group == null ? command : group.around(command));
        port = Integer.parseInt(jvm.await("ready"));
        check(flags, isCorral);
    }

    private void check(List<String> flags, boolean isCorral) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + Shop.USAGE_PATH);
        try (InputStream answer = uri.toURL().openStream()) {
            String usage = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (!usage.contains("\"active\":" + isCorral)) {
                throw new IOException(flags + ": Corral is active where it should not be, or the"
                        + " reverse: " + usage);
            }
        }
    }

    long pid() {
        return jvm.handle().pid();
    }

    int port() {
        return port;
    }

    /** Sends requests and returns the microseconds of CPU time that the service used for each. */
    double cpuMicros(LoadJvm load, int rounds) throws IOException {
        long before = cpuNanos();
        long requests = load.send(port, rounds);
        return (cpuNanos() - before) / 1e3 / requests;
    }

    /** CPU time of the service since its start. */
    long cpuNanos() throws IOException {
        if (group != null) {
            return group.cpuNanos();
        }
        return jvm.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() throws IOException {
        jvm.close();
        if (group != null) {
            group.close();
        }
    }
}
