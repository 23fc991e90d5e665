package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line, without a measurement. */
class BenchTest {

    @TempDir
    private Path folder;

    @Test
    void unknownOptionIsNamedBesideTheValidOnes() {
        assertThat(refusal("--quik"))
                .isEqualTo("corral: --quik is no option; --quick, --only, --java, --json, --page,"
                        + " --from, --together, --help are");
        assertThat(refusal("quick")).startsWith("corral: quick is no option; --quick, ");
    }

    @Test
    void unknownSuiteIsNamedBesideTheValidOnes() {
        assertThat(refusal("--only", "micro,macro"))
                .startsWith(
                        "corral: --only: \"macro\" is no suite; micro, readers, memory, accuracy,"
                                + " tasks, placement, startup, service")
                .endsWith(" are");
    }

    @Test
    void folderWithoutJdkIsNamed() {
        assertThat(refusal("--java", folder.toString()))
                .isEqualTo("corral: --java: no JDK at " + folder);
    }

    @Test
    void jdkThatIsTooOldIsNamedWithItsVersion() throws IOException {
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

        assertThat(refusal("--java", folder.toString()))
                .isEqualTo("corral: --java: the JDK at " + folder
                        + " is 11.0.2; 17 or later is needed");
    }

    @Test
    void twoOfOneVersionAreRefused() {
        String own = System.getProperty("java.home");

        assertThat(refusal("--java", own, "--java", own))
                .isEqualTo(
                        "corral: --java names two of JDK " + Runtime.version().feature()
                                + ", which share a column of the page; measure them one after the other");
    }

    @Test
    void optionWithoutItsValueIsNamed() {
        assertThat(refusal("--json")).contains("--json");
    }

    @Test
    void filesThatCannotBeUsedAreNamedBeforeAnythingIsMeasured() throws IOException {
        Path page = folder.resolve("page.md");
        Path nowhere = folder.resolve("no/such.json");

        assertThat(refusal("--json", nowhere.toString()))
                .isEqualTo("corral: --json " + nowhere + " can't be written");
        assertThat(refusal("--from", nowhere.toString()))
                .isEqualTo("corral: --from " + nowhere + " can't be read");
        assertThat(refusal("--page", page.toString()))
                .isEqualTo("corral: --page " + page + " is no file that can be written");
        Files.writeString(page, "# Title\n");
        assertThat(refusal("--page", page.toString())).contains(Page.BEGIN, Page.END);
    }

    @Test
    void measuringAndReadingAreNotMixed() {
        assertThat(refusal("--from", folder.toString(), "--quick"))
                .isEqualTo("corral: --from measures nothing; --quick, --only and --java can't be"
                        + " with it");
    }

    @Test
    void runsAreNotCountedTwice() throws IOException {
        String file = Files.writeString(folder.resolve("runs.json"), "[]").toString();
        String other = Files.writeString(folder.resolve("other.json"), "[]").toString();
        String why = "corral: --together takes two --from or more, and no --json, whose runs would"
                + " count again";

        assertThat(refusal("--from", file, "--from", file))
                .isEqualTo("corral: --from " + file + " is there twice");
        assertThat(refusal("--from", file, "--together")).isEqualTo(why);
        assertThat(refusal("--from", file, "--from", other, "--together", "--json", file + ".json"))
                .isEqualTo(why);
    }

    private static String refusal(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = Bench.commandLine().setErr(new PrintWriter(said));
        List<String> all = new ArrayList<>(List.of("--agent", "a.jar", "--examples", "e.jar"));
        all.addAll(List.of(arguments));

        assertThat(line.execute(all.toArray(new String[0]))).isEqualTo(2);

        return said.toString().strip();
    }
}
