package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.ChildJvm;
import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The load generator in a separate JVM, so that its CPU time is not the service's. */
final class LoadJvm extends ChildJvm {

    LoadJvm(Cpus cpus, Jdk jdk, Jars jars) throws IOException {
        super(command(cpus, jdk, jars));
    }

    private static List<String> command(Cpus cpus, Jdk jdk, Jars jars) {
        List<String> command = new ArrayList<>(cpus.load());
        command.addAll(List.of(
                jdk.java().toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                jars.classPath(),
                LoadProgram.class.getName()));
        return command;
    }

    /** Sends so many rounds of the demo's plan, and returns the number of requests. */
    long send(int port, int rounds) throws IOException {
        writeLine(port + " " + rounds);
        return Long.parseLong(await("done"));
    }
}
