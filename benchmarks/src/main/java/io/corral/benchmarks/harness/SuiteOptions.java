package io.corral.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What the command line asks of every suite. */
public final class SuiteOptions {

    @Option(
            names = "--quick",
            scope = ScopeType.INHERIT,
            description = "Fewer and shorter runs: a look, not a result.")
    boolean isQuick;

    @Option(
            names = "--jdk",
            paramLabel = "JDK",
            scope = ScopeType.INHERIT,
            description = {
                "A JDK to measure on: its version (17, 21, 25) or its home directory.",
                "May be given more than once. Default: the JDK that runs this command."
            })
    private List<Jdk> jdks = new ArrayList<>();

    @Option(names = "--agent", scope = ScopeType.INHERIT, hidden = true)
    Path agent = Path.of("agent/target/corral-agent.jar");

    @Option(names = "--examples", scope = ScopeType.INHERIT, hidden = true)
    Path examples = Path.of("examples/target/corral-examples.jar");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Prints this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    List<Jdk> jdks() {
        return jdks.isEmpty() ? List.of(Jdk.running()) : jdks;
    }
}
