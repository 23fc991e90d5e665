package io.corral.commands;

import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Recording;
import io.corral.commands.screen.Screen;
import io.corral.commands.view.Column;
import io.corral.commands.view.Json;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.RateSource;
import io.corral.commands.view.Rates;
import io.corral.commands.view.SourceRates;
import io.corral.commands.view.Summary;
import io.corral.commands.view.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code top}: which containers use the CPU now. */
@Command(
        name = "top",
        description = {
            "Shows which containers of a JVM use the CPU now. 100%% is one CPU.",
            "Without a terminal, and with -b, it prints lines. It loads no agent into the JVM and"
                    + " prints nothing there. Of a flight recording it prints the rates over its"
                    + " whole length. A URL is that of a JVM's metrics, which the agent serves with"
                    + " metrics=prometheus; several are added up.",
            "Keys sort the rows: c by CPU time now, p by CPU time since the start, m by allocation,"
                    + " t by threads, f by started threads, x by what limits delay, n by name. w"
                    + " shows who ran while ready threads of a container waited for a CPU. Arrows"
                    + " move; space folds and unfolds; / shows the containers whose path has a"
                    + " text; h shows the next hierarchy; q quits.",
            "Exit code: 0, 1 if there is nothing to show or the JVM has ended, 2 if an argument is"
                    + " wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Top implements Callable<Integer> {

    private static final int WIDTH = 120;
    private static final long FIRST_WAITS_MILLIS = 2_000;
    private static final double SHORTEST_SECONDS = 0.1;
    private static final double LONGEST_SECONDS = 3600;

    /** The most important columns come first, since a narrow terminal shows only those. */
    private static final List<Column> COLUMNS = List.of(
            Column.JVM,
            Column.CPU,
            Column.BAR,
            Column.JVMS,
            Column.TIME,
            Column.QUEUED,
            Column.WAIT,
            Column.THROTTLED,
            Column.SHED,
            Column.ALLOCATION,
            Column.THREADS,
            Column.VIRTUAL,
            Column.STARTS,
            Column.GC);

    private static final List<Column> COLUMNS_OF_WAITS =
            List.of(Column.CPU, Column.WAITED, Column.MEANWHILE);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final Selection selection = new Selection();

    @Option(
            names = {"-b", "--batch"},
            description = "Prints lines, as without a terminal.")
    private boolean batch;

    @Option(
            names = {"-n", "--iterations"},
            paramLabel = "N",
            description = "Ends after N readings. Without a terminal the default is 1.")
    private @Nullable Integer iterations;

    @Option(
            names = {"-d", "--delay"},
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Time between readings (default: ${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Option(
            names = {"-w", "--waits"},
            description = "Shows who used CPU time while ready threads of a container waited for a"
                    + " CPU. The key w does the same.")
    private boolean waits;

    @Override
    public Integer call() throws InterruptedException {
        check();
        Duration delay =
                Duration.ofNanos((long) (seconds * Duration.ofSeconds(1).toNanos()));
        return selection.show(spec, isWatched(), source -> {
            Outline outline = selection.outline();
            if (source instanceof SourceRates one && one.source() instanceof Recording recording) {
                String hierarchy = selection.hierarchy();
                Reading before = recording.first(hierarchy);
                print(source, Rates.between(before, recording.read(hierarchy)), outline);
            } else if (batch || selection.isJson() || !show(source, outline, delay)) {
                print(source, outline, delay);
            }
        });
    }

    /** JDK 22 to 24 have a console also without a terminal. Then a line more is printed. */
    @SuppressWarnings("SystemConsoleNull")
    private boolean isWatched() {
        return System.console() != null && !batch && !selection.isJson();
    }

    /** @return false if there is no terminal */
    private boolean show(RateSource source, Outline outline, Duration delay)
            throws IOException, InterruptedException {
        return new Screen(
                        source,
                        outline,
                        COLUMNS,
                        COLUMNS_OF_WAITS,
                        waits,
                        selection.hierarchy(),
                        delay)
                .show(iterations == null ? Integer.MAX_VALUE : iterations);
    }

    private void check() {
        if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
            throw new ParameterException(
                    spec.commandLine(), "-d is " + seconds + "; expected 0.1 to 3600 seconds");
        }
        selection.check(spec);
        if (iterations != null && iterations < 1) {
            throw new ParameterException(
                    spec.commandLine(), "-n is " + iterations + "; expected 1 or more");
        }
    }

    private void print(RateSource source, Outline outline, Duration delay)
            throws IOException, InterruptedException {
        int times = iterations == null ? batchTimes() : iterations;
        if (waits || selection.isJson()) {
            source.wantMeanwhile(true);
        }
        source.next(selection.hierarchy());
        if (waits) {
            // The JVM begins to look at it when it is first asked.
            Thread.sleep(FIRST_WAITS_MILLIS);
            source.next(selection.hierarchy());
        }
        for (int i = 0; i < times; i++) {
            Thread.sleep(delay.toMillis());
            print(source, source.next(selection.hierarchy()), outline);
            if (spec.commandLine().getOut().checkError()) {
                throw new IOException("the output was closed");
            }
        }
    }

    private int batchTimes() {
        return batch ? Integer.MAX_VALUE : 1;
    }

    private void print(RateSource source, Rates rates, Outline outline) throws IOException {
        List<Rate> rows = selection.rows(source, rates, outline);
        PrintWriter out = spec.commandLine().getOut();
        if (selection.isJson()) {
            out.println(Json.of(source.title(), rates, rows));
        } else {
            Table table =
                    new Table(Column.available(waits ? COLUMNS_OF_WAITS : COLUMNS, rates), WIDTH);
            out.println(Summary.of(rates, Integer.MAX_VALUE));
            rates.problems().forEach(out::println);
            out.println(table.header());
            rows.forEach(row -> out.println(table.line(rates, row, false)));
            out.println();
        }
        out.flush();
    }
}
