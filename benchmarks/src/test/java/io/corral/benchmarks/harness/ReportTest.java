package io.corral.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void rowHasTheMedianItsIntervalAndTheNumberOfRuns() {
        report.show("a yield", new Sample(List.of(101.0, 102.0, 103.0)), "ns");
        assertThat(printed()).matches("(?s)  a yield +102 ns +\\(101 to 103, n=3\\)\\s*");
    }

    @Test
    void budgetIsExceededOnlyIfTheWholeIntervalLiesAboveIt() {
        report.show("a start", new Sample(List.of(59.0, 61.0, 62.0)), "ms", 60);
        assertThat(printed()).contains("budget 60.0 ms").doesNotContain("exceeded");
        report.show("a start", new Sample(List.of(61.0, 62.0, 63.0)), "ms", 60);
        assertThat(printed()).contains("budget 60.0 ms, exceeded");
    }

    @Test
    void fewerThanThreeValuesExceedNoBudget() {
        report.show("a start", new Sample(List.of(61.0, 62.0)), "ms", 60);
        assertThat(printed()).contains("budget 60.0 ms").doesNotContain("exceeded");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
