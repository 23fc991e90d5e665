package io.corral.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchAgentTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** What was switched, and what had been said by then. */
    private final List<String> calls = new ArrayList<>();

    private int recorded;

    @Test
    void itSwitchesWhereTheApplicationReadsSo() throws Exception {
        InputStream input = agent("-\n+\n");
        assertThat((char) input.read()).isEqualTo('-');
        assertThat(calls).containsExactly("off after []");
        assertThat(said()).isEqualTo("[switched 0]");
        assertThat((char) input.read()).isEqualTo('\n');
        assertThat(calls).hasSize(1);
        recorded = 7;
        assertThat((char) input.read()).isEqualTo('+');
        assertThat(calls).containsExactly("off after []", "on after [switched 0]");
        assertThat(said()).isEqualTo("[switched 0 switched 7]");
    }

    @Test
    void itSwitchesForWhoReadsMoreAtOnceToo() throws Exception {
        InputStream input = agent("+-");
        byte[] read = new byte[4];
        assertThat(input.read(read)).isEqualTo(1);
        assertThat(calls).containsExactly("on after []");
        assertThat(input.readAllBytes()).containsExactly('-');
        assertThat(calls).containsExactly("on after []", "off after [switched 0]");
    }

    @Test
    void theEndIsTheEnd() throws Exception {
        InputStream input = agent("x");
        assertThat((char) input.read()).isEqualTo('x');
        assertThat(input.read()).isEqualTo(-1);
        assertThat(calls).isEmpty();
        assertThat(said()).isEqualTo("[]");
    }

    @Test
    void whatCannotBeSwitchedIsTold() throws Exception {
        Runnable fails = () -> {
            throw new IllegalStateException("stuck");
        };
        InputStream input = new SwitchAgent(
                new ByteArrayInputStream("-".getBytes(UTF_8)),
                fails,
                fails,
                () -> 0,
                new PrintStream(said, true, UTF_8));
        assertThat((char) input.read()).isEqualTo('-');
        assertThat(said()).isEqualTo("[failed to switch: java.lang.IllegalStateException: stuck]");
    }

    private InputStream agent(String input) {
        return new SwitchAgent(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                () -> calls.add("off after " + said()),
                () -> calls.add("on after " + said()),
                () -> recorded,
                new PrintStream(said, true, UTF_8));
    }

    private String said() {
        return "[" + said.toString(UTF_8).trim().replaceAll("\\s+", " ") + "]";
    }
}
