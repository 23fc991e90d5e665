package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --help} of the script and of a command says. */
class HelpTest {

    private static final Path SCRIPT = Path.of("../..", "corral");

    @Test
    void helpOfTopExplainsRecordings() {
        assertThat(help("top"))
                .contains(
                        "[PID|FILE|URL...] [CONTAINER]",
                        "Of a flight recording it prints the rates",
                        "Keys sort the rows: c by CPU time now");
    }

    @Test
    void helpOfTheScriptFitsIntoAHundredColumns() throws IOException {
        assertThat(helpOf(SCRIPT))
                .contains("  demo ", "  bench ", "bench [start|service|")
                .satisfies(help -> assertThat(help.lines()).allMatch(line -> line.length() <= 100));
    }

    @Test
    void helpOfAnInstalledScriptOmitsDemoAndBench(@TempDir Path archive) throws IOException {
        Path script = Files.createDirectory(archive.resolve("bin")).resolve("corral");
        Files.copy(SCRIPT, script);
        assertThat(helpOf(script))
                .contains("  top ", "  why ", "--version")
                .doesNotContain("demo", "bench");
    }

    private static String helpOf(Path script) throws IOException {
        Process help = new ProcessBuilder("sh", script.toString(), "--help")
                .redirectErrorStream(true)
                .start();
        return new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String help(String command) {
        return Objects.requireNonNull(Tools.commandLine().getSubcommands().get(command))
                .getUsageMessage()
                .replaceAll("\\s+", " ");
    }
}
