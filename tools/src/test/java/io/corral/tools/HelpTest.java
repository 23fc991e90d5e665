package io.corral.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What {@code --help} of a command says it takes. */
class HelpTest {

    @Test
    void topSaysWhatItDoesWithARecording() {
        assertThat(help("top"))
                .contains("[PID|FILE] [CONTAINER]", "Of a flight recording it prints the rates");
    }

    private static String help(String command) {
        return Objects.requireNonNull(Tools.commandLine().getSubcommands().get(command))
                .getUsageMessage()
                .replaceAll("\\s+", " ");
    }
}
