package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheSuites() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("start", "service", "views", "micro", "memory", "accuracy");
    }

    @Test
    void optionsMayFollowTheSuite() {
        assertThat(run("start", "--quick", "--help")).isZero();
        assertThat(out.toString()).contains("--quick", "--jdk");
    }

    @Test
    void missingJdkIsRefused() {
        assertThat(run("start", "--jdk", "/no/such/jdk")).isEqualTo(2);
        assertThat(err.toString()).contains("no JDK at /no/such/jdk");
    }

    @Test
    void unknownSuiteIsRefused() {
        assertThat(run("readers")).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine line = Bench.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
