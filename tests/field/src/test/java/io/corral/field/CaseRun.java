package io.corral.field;

import io.corral.field.host.CaseHost;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One start of a case's service, in a JVM of its own, and its end. */
public final class CaseRun {

    private static final long TIMEOUT_SECONDS = 300;

    private final String name;
    private final Jdk jdk;
    private final List<String> flags = new ArrayList<>();
    private String agentArguments = "";

    private CaseRun(String name, Jdk jdk) {
        this.name = name;
        this.jdk = jdk;
    }

    public static CaseRun of(String name, Jdk jdk) {
        return new CaseRun(name, jdk);
    }

    /** Arguments of Corral's agent, such as {@code rules=FILE}. */
    public CaseRun agentArguments(String arguments) {
        agentArguments = arguments;
        return this;
    }

    public CaseRun flags(String... more) {
        flags.addAll(Arrays.asList(more));
        return this;
    }

    /** Runs the case's class {@code Service} to its end, and reads what its host has written. */
    public Reading run(String... arguments) {
        try {
            Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), name + "-", ".tsv");
            List<String> command = new ArrayList<>(List.of(
                    "-Xmx512m",
                    "-cp",
                    Path.of("target", "classes").toAbsolutePath()
                            + File.pathSeparator
                            + CaseProject.named(name).classPath(),
                    CaseHost.class.getName(),
                    file.toString(),
                    "Service"));
            command.addAll(Arrays.asList(arguments));
            ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                    .optimizing()
                    .agentArguments(agentArguments)
                    .flags(flags.toArray(new String[0]))
                    .timeoutSeconds(TIMEOUT_SECONDS)
                    .run(command.toArray(new String[0]));
            if (outcome.exitCode() != 0) {
                throw new IllegalStateException(name + ": " + outcome);
            }
            return Reading.parse(Files.readAllLines(file), outcome);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
