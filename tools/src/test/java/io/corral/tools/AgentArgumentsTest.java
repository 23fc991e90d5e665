package io.corral.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent is told. */
class AgentArgumentsTest {

    @TempDir
    Path folder;

    @Test
    void wordsAreTheAgentsOwnAndMayHaveCommas() {
        assertThat(AgentArguments.of(List.of("clock=adaptive", "JFR=off,period = 5s,"), folder))
                .isEqualTo("clock=adaptive,jfr=off,period=5s");
        assertThat(AgentArguments.of(List.of(), folder)).isEmpty();
    }

    @Test
    void filesAreThoseOfWhoCalls() throws IOException {
        Path file = Files.createFile(folder.resolve("rules.conf"));
        Path below = Files.createDirectory(folder.resolve("below"));
        assertThat(AgentArguments.of(List.of("rules=../rules.conf", "config=" + file), below))
                .isEqualTo("rules=" + file + ",config=" + file);
        assertThat(AgentArguments.of(List.of("rules=none"), folder)).isEqualTo("rules=none");
    }

    @Test
    void fileWithACommaCantBeGiven() throws IOException {
        Path file =
                Files.createFile(Files.createDirectory(folder.resolve("a,b")).resolve("r"));
        assertThatThrownBy(() -> AgentArguments.of(List.of("rules=r"), file.getParent()))
                .hasMessage(
                        "option rules: " + file + " has a comma in it, which separates the agent's"
                                + " arguments; give it another name");
    }
}
