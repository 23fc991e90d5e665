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

    private final List<Report> kept = new ArrayList<>();
    private final Session session = new Session("./corral bench", NOWHERE, NOWHERE, kept::add);
    private final Sheet sheet = session.sheet(Topic.SERVICE);

    @Test
    void rowsSoFarAreKeptUntilThereAreOthers() throws IOException {
        session.run(Topic.SERVICE, () -> {
            sheet.soFar(List.of(row("a", 1)));
            sheet.soFar(List.of(row("a", 1, 2)));
            sheet.accept(row("a", 1, 2, 3));
        });

        assertThat(kept)
                .extracting(SessionTest::rows)
                .containsExactly(
                        List.of(row("a", 1)), List.of(row("a", 1, 2)), List.of(row("a", 1, 2, 3)));
        assertThat(session.isComplete()).isTrue();
    }

    @Test
    void rowsSoFarAreThoseOfASuiteThatFails() throws IOException {
        session.run(Topic.MICRO, () -> session.sheet(Topic.MICRO).accept(row("b", 4)));
        session.run(Topic.SERVICE, () -> {
            sheet.soFar(List.of(row("a", 1)));
            throw new IOException("no JVM");
        });
        session.run(Topic.STARTUP, () -> session.sheet(Topic.STARTUP).accept(row("c", 5)));

        assertThat(rows(kept.get(kept.size() - 1)))
                .containsExactly(row("b", 4), row("a", 1), row("c", 5));
        assertThat(session.isComplete()).isFalse();
    }

    private static List<Row> rows(Report report) {
        return report.lines().stream().map(Report.Line::row).toList();
    }

    private static Row row(String what, double... runs) {
        return Row.shown(what, JDK, Sample.of(runs), "x");
    }
}
