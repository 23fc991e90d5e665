package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The arguments of {@code why}. */
class WhyTest {

    private final StringWriter err = new StringWriter();

    @Test
    void errorQuotesAnArgumentThatIsNoProcessId() {
        assertThat(execute("why", "abc", "main")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "corral: \"abc\" is not a process ID; expected a number, as in why 4711");
    }

    @Test
    void nameOfAThreadMayBeginWithADash() {
        assertThat(execute("why", "999999999", "-dash")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("corral: there is no process 999999999; list the JVMs with jps");
    }

    @Test
    void argumentsWithCharactersBeyondTheBmpAreRefused() {
        assertThat(RunningJvm.isDamagedInTransit("rules=/tmp/\uD83D\uDE80")).isTrue();
        assertThat(RunningJvm.isDamagedInTransit("rules=/tmp/Pr\u00fcfer\u2192"))
                .isFalse();
    }

    private int execute(String... arguments) {
        CommandLine tools = Tools.commandLine();
        tools.setErr(new PrintWriter(err, true));
        return tools.execute(arguments);
    }
}
