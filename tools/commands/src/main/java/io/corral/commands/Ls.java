package io.corral.commands;

import io.corral.commands.view.Column;
import io.corral.commands.view.Csv;
import io.corral.commands.view.Json;
import io.corral.commands.view.Order;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.RateSource;
import io.corral.commands.view.Rates;
import io.corral.commands.view.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ls}: what each container has used since the start of the JVM. */
@Command(
        name = "ls",
        description = {
            "Prints the containers of a JVM, or of a flight recording, and what each has used since"
                    + " the start of the JVM. Of several JVMs, given by the URLs of their metrics,"
                    + " it prints the sums.",
            "Exit code: 0, 1 if there is nothing to show or a URL can't be read, 2 if an argument"
                    + " is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Ls implements Callable<Integer> {

    private static final int WIDTH = 120;

    private static final List<Column> COLUMNS = List.of(
            Column.JVM,
            Column.JVMS,
            Column.TIME,
            Column.SHARE,
            Column.ALLOCATED,
            Column.THREADS,
            Column.VIRTUAL,
            Column.FORKS,
            Column.EXITS,
            Column.QUEUED_TOTAL,
            Column.WAIT_TOTAL,
            Column.THROTTLED_TIME,
            Column.SHED_TOTAL,
            Column.GC_TIME);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final Selection selection = new Selection();

    @Option(names = "--csv", description = "Prints CSV: a header, and a line for each container.")
    private boolean csv;

    /** Whether an endpoint could not be read, so that the sums lack a JVM. */
    private boolean isPartial;

    @Override
    public Integer call() throws InterruptedException {
        selection.check(spec);
        if (csv && selection.isJson()) {
            throw new ParameterException(
                    spec.commandLine(), "--csv and --json are given; expected one of them");
        }
        int exitCode = selection.show(spec, false, this::print);
        return isPartial ? 1 : exitCode;
    }

    private void print(RateSource source) throws IOException, InterruptedException {
        Outline outline = selection.outline();
        outline.order(Order.TIME);
        if (selection.isJson()) {
            source.wantMeanwhile(true);
        }
        Rates rates = source.next(selection.hierarchy());
        List<Rate> rows = selection.rows(source, rates, outline);
        PrintWriter err = spec.commandLine().getErr();
        rates.problems().forEach(problem -> err.println("corral: " + problem));
        isPartial = !rates.problems().isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (selection.isJson()) {
            out.println(Json.of(source.title(), rates, rows));
            return;
        }
        if (csv) {
            // Not as a line: CSV has its own ends of lines, and escapes names itself.
            out.print(Csv.of(rates, rows));
            out.flush();
            return;
        }
        Table table = new Table(Column.available(COLUMNS, rates), WIDTH);
        out.println(table.header());
        rows.forEach(row -> out.println(table.line(rates, row, false)));
    }
}
