package io.corral.benchmarks.process;

import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Spring Boot application under the agent as it comes, in a JVM of its own that records itself. */
final class LoadedJvm implements AutoCloseable {

    private static final String MAIN = "io.corral.benchmarks.loaded.LoadedApplication";
    private static final int PATIENCE_SECONDS = 60;

    private final Path recording;
    private final Child child;
    private final int port;

    LoadedJvm(Jdk jdk, Jars jars, List<String> settings) throws IOException, InterruptedException {
        recording = Files.createTempFile("corral-bench", ".jfr");
        child = new Child(command(jdk, jars, settings));
        try {
            port = Integer.parseInt(child.await("ready ", PATIENCE_SECONDS));
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private List<String> command(Jdk jdk, Jars jars, List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                jdk.java().toString(),
                "-Xmx256m",
                "-javaagent:" + jars.agent(),
                "-XX:StartFlightRecording:filename=" + recording + ",settings=default,settings="
                        + jars.agent().resolveSibling("corral.jfc"),
                "-cp",
                Built.springBoot(),
                MAIN,
                "--server.address=127.0.0.1",
                "--server.port=0"));
        command.addAll(settings);
        return command;
    }

    void load(int requestsOfEach) throws IOException, InterruptedException {
        new EndpointLoad(port).send(requestsOfEach);
    }

    /** Has it end in order, and says what it has recorded. */
    WhoseCpu end() throws IOException, InterruptedException {
        child.endInput();
        long main = Long.parseLong(child.await("main ", PATIENCE_SECONDS));
        child.awaitEnd(PATIENCE_SECONDS);
        return WhoseCpu.read(recording, main);
    }

    @Override
    public void close() throws IOException {
        child.close();
        Files.deleteIfExists(recording);
    }
}
