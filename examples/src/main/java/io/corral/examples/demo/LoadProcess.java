package io.corral.examples.demo;

import io.corral.examples.load.LoadGenerator;

import java.io.IOException;
import java.util.List;

/** Runs the load generator in a separate process. */
final class LoadProcess {

    /** Covers the JVM's start and the last answers. */
    private static final int PATIENCE_SECONDS = 30;

    private LoadProcess() {}

    /** Called each second while the load runs. */
    interface Tick {
        /** @param second counted from 1 */
        void second(int second) throws DemoFailure, IOException, InterruptedException;
    }

    /** Returns when all answers have come. */
    static LoadResult run(DemoOptions options, int port, LoadLength length, Tick tick)
            throws DemoFailure, IOException, InterruptedException {
        List<String> command = List.of(
                ServiceProcess.java(options.javaHome()),
                // It shares the machine with the service, so it is small and compiles quickly.
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName(),
                Integer.toString(port),
                length.unit(),
                Integer.toString(length.amount()));
        try (Child child = new Child("the load generator", command)) {
            for (int second = 1; true; second++) {
                String line = child.await(PATIENCE_SECONDS, "tick", "done ", "failed ");
                if (line.startsWith("done ")) {
                    child.stop();
                    return LoadResult.of(line);
                }
                if (line.startsWith("failed ")) {
                    throw new DemoFailure(
                            "a request failed: " + line.substring("failed ".length()));
                }
                tick.second(second);
            }
        }
    }
}
