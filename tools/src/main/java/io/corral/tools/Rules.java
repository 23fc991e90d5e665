package io.corral.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands for rules files. */
@Command(
        name = "rules",
        description = "Checks the files that say where threads belong.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = RulesCheck.class)
final class Rules implements Runnable {

    @Spec
    private CommandSpec spec;

    // Set by picocli.
    @SuppressWarnings("NullAway")
    Rules() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; expected check");
    }
}
