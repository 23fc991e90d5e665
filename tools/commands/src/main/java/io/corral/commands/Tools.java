package io.corral.commands;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of this module. The launcher script has the others. */
@Command(
        name = "corral",
        description = "The commands attach, limits, ls, report, rules, top and why of Corral.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Attach.class,
            LimitsCommand.class,
            Ls.class,
            ReportCommand.class,
            Rules.class,
            Top.class,
            Why.class
        })
public final class Tools implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine all = new CommandLine(new Tools());
        // A thread's name may begin with a dash.
        Objects.requireNonNull(all.getSubcommands().get("why"))
                .setUnmatchedOptionsArePositionalParams(true);
        // A value below zero is refused with the valid ones.
        Objects.requireNonNull(all.getSubcommands().get("limits"))
                .setUnmatchedOptionsArePositionalParams(true);
        all.setOut(new EscapingPrinter(all.getOut()));
        all.setErr(new EscapingPrinter(all.getErr()));
        return all.setParameterExceptionHandler((wrong, given) -> {
            CommandLine command = wrong.getCommandLine();
            String line = "corral: " + wrong.getMessage() + "; "
                    + command.getCommandSpec().qualifiedName() + " --help says what is valid";
            command.getErr().println(line);
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; expected attach, limits, ls, report, rules, top or why");
    }
}
