package io.corral.tools;

import io.corral.tools.reading.Reading;
import io.corral.tools.reading.Source;
import io.corral.tools.view.Column;
import io.corral.tools.view.Json;
import io.corral.tools.view.Order;
import io.corral.tools.view.Outline;
import io.corral.tools.view.Rate;
import io.corral.tools.view.Rates;
import io.corral.tools.view.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code ls}: what each container has used since the start of the JVM. */
@Command(
        name = "ls",
        description = {
            "Prints the containers of a JVM, or of a flight recording, and what each has used.",
            "Exit code: 0, 1 if there is nothing to show, 2 if an argument is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Ls implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WIDTH = 110;

    private static final List<Column> COLUMNS = List.of(
            Column.TIME,
            Column.SHARE,
            Column.ALLOCATED,
            Column.THREADS,
            Column.VIRTUAL,
            Column.FORKS,
            Column.EXITS);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final Selection selection = new Selection();

    // Set by picocli.
    @SuppressWarnings("NullAway")
    Ls() {}

    @Override
    public Integer call() {
        selection.check(spec);
        try (Source source = selection.open()) {
            print(source.title(), source.read(selection.hierarchy()));
            return 0;
        } catch (IOException failure) {
            ("corral: " + failure.getMessage())
                    .lines()
                    .forEach(spec.commandLine().getErr()::println);
            return FAILED;
        } catch (NoClassDefFoundError noModule) {
            spec.commandLine().getErr().println("corral: " + RunningJvm.NO_ATTACH_MODULE);
            return FAILED;
        }
    }

    private void print(String title, Reading reading) throws IOException {
        Outline outline = new Outline();
        outline.order(Order.TIME);
        outline.from(selection.path());
        outline.depth(selection.depth());
        Rates rates = Rates.between(null, reading);
        List<Rate> rows = outline.rows(rates.rows());
        if (rows.isEmpty()) {
            throw new IOException(title + " has no container " + selection.path()
                    + " in the hierarchy " + reading.hierarchy());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (selection.isJson()) {
            out.println(Json.of(title, rates, rows));
            return;
        }
        Table table = new Table(COLUMNS, WIDTH);
        out.println(table.header());
        rows.forEach(row -> out.println(table.line(rates, row, false)));
    }
}
