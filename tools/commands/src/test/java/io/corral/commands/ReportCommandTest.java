package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Arguments of {@code report} that are refused. */
class ReportCommandTest {

    private static final String HELP = "; corral report --help says what is valid\n";

    @TempDir
    Path folder;

    private Path one;
    private Path other;

    @BeforeEach
    void makeFiles() throws IOException {
        one = Files.writeString(folder.resolve("one.jfr"), "no recording");
        other = Files.writeString(folder.resolve("other.jfr"), "no recording");
    }

    @Test
    void optionOfAComparisonNeedsASecondRecording() {
        assertThat(wrong(one, "--fail-over", "20%"))
                .isEqualTo("corral: --fail-over compares two recordings, and one is given;"
                        + " expected report BEFORE AFTER" + HELP);
        assertThat(wrong(one, "--by", "total")).startsWith("corral: --by compares two recordings");
        assertThat(wrong(one, "--floor", "2%")).startsWith("corral: --floor compares two");
    }

    @ParameterizedTest
    @CsvSource({"20", "-5%", "abc", "%", "5 %", "1e3%", "99999999%", "20%%"})
    void valueThatIsNoPercentageIsRefused(String value) {
        assertThat(wrong(one, other, "--fail-over", value))
                .isEqualTo("corral: --fail-over is \"" + value
                        + "\"; expected a percentage such as 20%" + HELP);
        assertThat(wrong(one, other, "--fail-over", "20%", "--floor", value))
                .isEqualTo("corral: --floor is \"" + value + "\"; expected a percentage such as 1%"
                        + HELP);
    }

    @Test
    void unknownBasisIsRefused() {
        assertThat(wrong(one, other, "--by", "sum"))
                .isEqualTo("corral: --by is \"sum\"; expected rate or total" + HELP);
    }

    @Test
    void floorAboveTheWholeIsRefused() {
        assertThat(wrong(one, other, "--fail-over", "20%", "--floor", "200%"))
                .isEqualTo("corral: --floor is \"200%\"; expected a part of what the process used,"
                        + " such as 1%" + HELP);
    }

    @Test
    void floorWithoutFailOverIsRefused() {
        assertThat(wrong(one, other, "--floor", "1%"))
                .isEqualTo("corral: --floor is given without --fail-over; expected both" + HELP);
    }

    @Test
    void threeRecordingsAreRefused() {
        assertThat(wrong(one, other, one))
                .isEqualTo("corral: 3 recordings are given; expected one, or two to compare, the"
                        + " earlier one first" + HELP);
    }

    @Test
    void sameRecordingTwiceIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.jfr"), one);
        assertThat(wrong(one, link))
                .isEqualTo("corral: both recordings are " + one + "; expected two different files"
                        + HELP);
    }

    @Test
    void pageDoesNotReplaceARecording() {
        assertThat(wrong(one, other, "-o", one))
                .isEqualTo("corral: the page would replace the recording " + one
                        + "; choose another file with -o" + HELP);
        assertThat(wrong(one, "-o", one)).contains("would replace the recording");
        assertThat(one).hasContent("no recording");
    }

    @Test
    void directoryAndMissingFileAreRefused() {
        assertThat(run(1, one, folder))
                .isEqualTo("corral: " + folder + " is a directory; expected a flight recording\n");
        assertThat(run(1, folder.resolve("none"), one))
                .isEqualTo("corral: there is no file " + folder.resolve("none")
                        + "; expected a flight recording\n");
    }

    @Test
    void fileThatIsNoRecordingIsNamed() {
        assertThat(run(1, one, other))
                .isEqualTo("corral: " + one + " can't be read as a flight recording: it is not a"
                        + " flight recording\n");
    }

    private static String wrong(Object... arguments) {
        return run(2, arguments);
    }

    /** What the command prints on standard error; nothing else is printed. */
    private static String run(int exitCode, Object... arguments) {
        CommandLine command = Tools.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        String[] words = new String[arguments.length + 1];
        words[0] = "report";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        assertThat(command.execute(words)).as(err.toString()).isEqualTo(exitCode);
        assertThat(out.toString()).isEmpty();
        return err.toString();
    }
}
