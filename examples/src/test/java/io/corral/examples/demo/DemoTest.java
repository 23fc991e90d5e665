package io.corral.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoTest {

    private static Demo parse(String... arguments) {
        Demo demo = new Demo();
        new CommandLine(demo).parseArgs(arguments);
        return demo;
    }

    @Test
    void filterIsOffIfThereAreRules() {
        assertThat(parse().isFiltered()).isTrue();
        assertThat(parse("--rules", "demo.rules").isFiltered()).isFalse();
        assertThat(parse("--rules=demo.rules", "--filter=on").isFiltered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds=1,--seconds is 1; expected 2 to 3600",
        "--requests=-1,--requests is -1; expected 0 to 1000000",
        "--rules=absent.rules,--rules: there is no file ",
        "--recording=absent/a.jfr,can't write absent/a.jfr: there is no folder ",
        "--recording=src,can't write src: it is a directory; name a file with --recording FILE",
        "--recording=/,can't write /: it is a directory",
        "--json=absent/a.json,can't write absent/a.json: there is no folder ",
        "--json=src,can't write src: it is a directory; name a file with --json FILE",
        "--filter=maybe,'Invalid value for option ''--filter'': expected one of [on, off]'",
    })
    void wrongOptionPrintsOneLineAndExitsWithTwo(String argument, String message) {
        assertThat(refused(argument))
                .singleElement()
                .asString()
                .startsWith("corral demo: " + message)
                .endsWith("; --help lists the options");
    }

    /** The lines on standard error. */
    private static List<String> refused(String argument) {
        StringWriter err = new StringWriter();
        int code =
                Demo.commandLine(new Demo()).setErr(new PrintWriter(err, true)).execute(argument);
        assertThat(code).isEqualTo(2);
        return err.toString().lines().toList();
    }

    @Test
    void directoryWithTheNameOfThePageIsRefused(@TempDir Path folder) throws IOException {
        Path page = Files.createDirectory(folder.resolve("a.html"));
        assertThat(refused("--recording=" + folder.resolve("a.jfr")))
                .singleElement()
                .asString()
                .startsWith("corral demo: can't write " + page + ": it is a directory");
        assertThat(page).isEmptyDirectory();
    }

    @Test
    void folderWithoutPermissionIsRefused(@TempDir Path folder) throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false));
        assumeFalse(Files.isWritable(closed), "root may write everywhere");
        assertThat(refused("--json=" + closed.resolve("a.json")))
                .singleElement()
                .asString()
                .contains(": no permission to write in " + closed + "; name another file with"
                        + " --json FILE");
    }

    @Test
    void eachErrorInTheRulesIsPrintedOnALine(@TempDir Path folder) throws IOException {
        Path rules = Files.writeString(folder.resolve("a.rules"), "thread\nenter\n");
        List<String> lines = refused("--rules=" + rules);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("corral demo: " + rules + ":1:");
        assertThat(lines.get(1)).startsWith("corral demo: " + rules + ":2:");
    }

    @Test
    void helpOmitsTheOptionThatTheScriptSets() {
        assertThat(new CommandLine(new Demo()).getUsageMessage())
                .contains("--recording")
                .doesNotContain("--agent");
    }
}
