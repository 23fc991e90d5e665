package io.corral.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rules}, which only has subcommands. */
@Command(
        name = "rules",
        description = "Checks rules files.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = RulesCheck.class)
final class Rules implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; expected check");
    }
}
