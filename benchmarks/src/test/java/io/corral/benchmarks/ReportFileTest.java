package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @TempDir
    private Path folder;

    @Test
    void fileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
        Path file = folder.resolve("a.json");

        new ReportFile(file).write(List.of(report(1)));
        new ReportFile(file).write(List.of(report(1, 2)));

        assertThat(new ReportFile(file).read()).containsExactly(report(1, 2));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void linkStaysALink() throws IOException {
        Path file = folder.resolve("a.json");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);

        new ReportFile(link).write(List.of(report(1)));

        assertThat(link).isSymbolicLink();
        assertThat(new ReportFile(file).read()).containsExactly(report(1));
    }

    private static Report report(double... runs) {
        Row row = Row.shown("a", new Jdk(null, "25.0.1"), Sample.of(runs), "x");
        return new Report(
                "./corral bench",
                "2026-07-30",
                new Machine("AMD", 2, 1L << 31, "Linux"),
                List.of(new Report.Line(Topic.SERVICE, row)));
    }
}
