package io.corral.benchmarks;

import io.corral.benchmarks.accuracy.AccuracySuite;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.memory.MemorySuite;
import io.corral.benchmarks.micro.MicroSuite;
import io.corral.benchmarks.service.ServiceSuite;
import io.corral.benchmarks.service.ViewsSuite;
import io.corral.benchmarks.start.StartSuite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code corral bench}: runs one suite, or all of them in turn. */
@Command(
        name = "corral bench",
        usageHelpAutoWidth = true,
        sortOptions = false,
        description = {
            "Measures what Corral costs, each figure with its base from the same run.",
            "Without a suite it runs all of them."
        },
        commandListHeading = "%nSuites:%n")
final class Bench implements Callable<Integer> {

    @Mixin
    private SuiteOptions options = new SuiteOptions();

    private final List<Suite> suites = List.of(
            new StartSuite(options),
            new ServiceSuite(options),
            new ViewsSuite(options),
            new MicroSuite(options),
            new MemorySuite(options),
            new AccuracySuite(options));

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Bench bench = new Bench();
        CommandLine line = new CommandLine(bench);
        bench.suites.forEach(line::addSubcommand);
        line.registerConverter(Jdk.class, Jdk::find);
        return line.setParameterExceptionHandler((wrong, given) -> {
            wrong.getCommandLine()
                    .getErr()
                    .println("corral bench: " + wrong.getMessage() + "; --help says what is valid");
            return line.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    @Override
    public Integer call() throws Exception {
        for (Suite suite : suites) {
            suite.call();
        }
        return 0;
    }
}
