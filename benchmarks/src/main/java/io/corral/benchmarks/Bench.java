package io.corral.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what Corral costs, and prints it beside its budgets. */
@Command(
        name = "corral bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures what Corral costs, each figure beside its base from the same run.")
final class Bench implements Callable<Integer> {

    private static final String LINE = "%-44s %4s %14s %19s %10s  %s%n";

    @Option(names = "--quick", description = "fewer and shorter runs: some five minutes a JDK")
    private boolean quick;

    @Option(
            names = "--java",
            paramLabel = "HOME",
            converter = Jdk.Converter.class,
            description = "a JDK to measure on; may be given more than once (this one)")
    private List<Jdk> jdks = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "writes all runs there, too")
    private @Nullable Path json;

    @Option(names = "--agent", paramLabel = "JAR", required = true, description = "the agent")
    private Path agent = Path.of("");

    private final List<Row> rows = new ArrayList<>();

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (jdks.isEmpty()) {
            jdks.add(Jdk.running());
        }
        Micro micro = new Micro(
                agent.toAbsolutePath(), EmptyAgent.jar(), quick ? Effort.QUICK : Effort.FULL);
        System.out.printf(LINE, "what", "JDK", "median", "95 % interval", "budget", "");
        for (Jdk jdk : jdks) {
            new MicroSuite(micro, jdk, this::show).run();
        }
        if (json != null) {
            Files.write(json, JSON.std.asBytes(rows.stream().map(Row::json).toList()));
        }
        return 0;
    }

    private void show(Row row) {
        rows.add(row);
        System.out.printf(LINE, (Object[]) row.cells());
    }
}
