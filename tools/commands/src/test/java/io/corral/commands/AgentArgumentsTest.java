package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentArgumentsTest {

    @TempDir
    Path folder;

    private static String joined(List<String> words, Path directory) {
        AgentArguments arguments = AgentArguments.of(words, directory);
        assertThat(arguments.problems()).isEmpty();
        return arguments.joined();
    }

    private static List<String> problems(List<String> words, Path directory) {
        return AgentArguments.of(words, directory).problems();
    }

    @Test
    void argumentsMayBeSeparatedByCommas() throws Exception {
        assertThat(joined(List.of("clock=adaptive", "JFR=off,period = 5s,"), folder))
                .isEqualTo("clock=adaptive,jfr=off,period=5s");
        assertThat(joined(List.of("period=5s", "period=no", "rules=", "config=none"), folder))
                .isEqualTo("config=none,period=5s,rules=none");
        assertThat(joined(List.of(), folder)).isEmpty();
    }

    @Test
    void relativePathsStartFromTheCallersDirectory() throws Exception {
        Path file = Files.createFile(folder.resolve("rules.conf"));
        Path below = Files.createDirectory(folder.resolve("below"));
        assertThat(joined(List.of("rules=../rules.conf", "config=" + file), below))
                .isEqualTo("config=" + file + ",rules=" + file);
        assertThat(joined(List.of("rules=none"), folder)).isEqualTo("rules=none");
    }

    @Test
    void fileWithACommaIsRefused() throws IOException {
        Path file =
                Files.createFile(Files.createDirectory(folder.resolve("a,b")).resolve("r"));
        assertThat(problems(List.of("rules=r"), file.getParent()))
                .containsExactly(
                        "option rules: " + file + " has a comma in its name, which separates the"
                                + " agent's options; rename it");
    }

    @Test
    void allErrorsAreReportedAtOnce() throws IOException {
        Path rules = Files.writeString(folder.resolve("r"), "thread a b\nthread * -> x\n");
        Path config = Files.writeString(folder.resolve("c"), "period = 5\nclok = exact\n");
        assertThat(problems(List.of("rules=r", "config=" + folder + "/none", "jfr=yes"), folder))
                .containsExactly(
                        rules
                                + ":1:10: unknown condition \"b\"; a pattern with a space stands in"
                                + " quotation marks; expected thread, class, task,"
                                + " group, loader, origin, starter, pool, kind, late or ->",
                        rules
                                + ":2:13: unknown outcome \"x\"; expected a path that begins with"
                                + " '/', inherit or ignore",
                        "option config: there is no file " + folder + "/none that can be read",
                        "option jfr is \"yes\"; expected on, off");
        assertThat(problems(
                        List.of("clock=adaptve,log", "colour=red", "jfr=yes", "config=c"), folder))
                .containsExactlyInAnyOrder(
                        "option log has no value; expected log=off, error, info, debug",
                        "unknown option \"colour\"; valid are enabled, config, clock, jfr, period,"
                                + " rules, placement, handover, queued, depth, containers,"
                                + " places, idle, expire, combinations, carriers, metrics,"
                                + " series, log, training",
                        config
                                + ": unknown option \"clok\"; valid are enabled, config, clock,"
                                + " jfr, period, rules, placement, handover, queued, depth,"
                                + " containers, places, idle, expire, combinations,"
                                + " carriers, metrics, series, log, training",
                        "option clock is \"adaptve\"; expected exact, adaptive",
                        "option jfr is \"yes\"; expected on, off",
                        config + ": option period is \"5\"; expected 100ms to 1h");
    }

    /** The JVM would look for them in its own directory, and its error messages would be lost. */
    @Test
    void rulesNamedByAnOptionsFileAreChecked() throws Exception {
        Path config = Files.writeString(folder.resolve("c"), "rules = r\n");
        Path rules = Files.writeString(folder.resolve("r"), "thread a -> /a\n");
        assertThat(joined(List.of("config=c"), folder))
                .isEqualTo("config=" + config + ",rules=" + rules);
        assertThat(joined(List.of("config=c", "rules=none"), folder))
                .isEqualTo("config=" + config + ",rules=none");
        Files.writeString(rules, "thread a\n");
        assertThat(problems(List.of("config=c"), folder))
                .singleElement()
                .asString()
                .contains(rules + ":1:9: the rule is incomplete");
        Files.writeString(config, "rules = \\u00zz\n");
        assertThat(problems(List.of("config=c"), folder))
                .containsExactly("option config: can't read the file " + config
                        + ": Malformed \\uxxxx encoding.");
    }
}
