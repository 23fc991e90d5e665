package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final Jdk JDK = new Jdk(null, "25.0.1");

    /** What was kept of a suite that went on. */
    private final List<List<Row>> soFar = new ArrayList<>();

    /** What was kept behind a suite's end. */
    private final List<List<Row>> kept = new ArrayList<>();

    private boolean isFull;

    private final Session session =
            new Session("./corral bench", NOWHERE, NOWHERE, new Session.Keeper() {
                @Override
                public void keepSoFar(Report report) throws IOException {
                    if (isFull) {
                        throw new IOException("no space left");
                    }
                    soFar.add(rows(report));
                }

                @Override
                public void keep(Report report) {
                    kept.add(rows(report));
                }
            });
    private final Sheet sheet = session.sheet(Topic.SERVICE);

    @Test
    void rowsSoFarAreKeptUntilThereAreOthers() throws IOException {
        session.run(Topic.SERVICE, () -> {
            sheet.accept(row("step", 1));
            sheet.soFar(List.of(row("a", 1)));
            sheet.soFar(List.of(row("a", 1, 2)));
            sheet.accept(row("a", 1, 2, 3));
        });

        assertThat(soFar)
                .containsExactly(
                        List.of(row("step", 1), row("a", 1)),
                        List.of(row("step", 1), row("a", 1, 2)));
        assertThat(kept).containsExactly(List.of(row("step", 1), row("a", 1, 2, 3)));
        assertThat(session.isComplete()).isTrue();
    }

    @Test
    void rowsSoFarAreThoseOfASuiteThatFails() throws IOException {
        session.run(Topic.SERVICE, () -> {
            sheet.soFar(List.of(row("a", 1)));
            throw new IOException("no JVM");
        });
        session.run(Topic.STARTUP, () -> session.sheet(Topic.STARTUP).accept(row("c", 5)));

        assertThat(kept).containsExactly(List.of(row("a", 1)), List.of(row("a", 1), row("c", 5)));
        assertThat(session.isComplete()).isFalse();
    }

    @Test
    void rowsSoFarAreForgottenOnceThereAreOthers() throws IOException {
        session.run(Topic.SERVICE, () -> {
            sheet.soFar(List.of(row("a", 1)));
            sheet.accept(row("a", 1, 2));
            throw new IOException("no JVM");
        });

        assertThat(kept).containsExactly(List.of(row("a", 1, 2)));
    }

    @Test
    void suiteGoesOnWhereItsRowsSoFarCannotBeKept() throws IOException {
        isFull = true;

        session.run(Topic.SERVICE, () -> {
            sheet.soFar(List.of(row("a", 1)));
            sheet.accept(row("a", 1, 2));
        });

        assertThat(kept).containsExactly(List.of(row("a", 1, 2)));
        assertThat(session.isComplete()).isTrue();
    }

    private static List<Row> rows(Report report) {
        return report.lines().stream().map(Report.Line::row).toList();
    }

    private static Row row(String what, double... runs) {
        return Row.shown(what, JDK, Sample.of(runs), "x");
    }
}
