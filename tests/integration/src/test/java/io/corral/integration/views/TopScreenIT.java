package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.TerminalSession;
import io.corral.integration.harness.ToolCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code corral top} in a terminal. */
class TopScreenIT {

    private static final int COLUMNS = 110;
    private static final int ROWS = 30;

    @TempDir
    Path folder;

    @Test
    void keysSortFoldFilterAndQuit() {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(TopProgram.class);
                TerminalSession terminal = top(jvm)) {
            terminal.until(screen -> tenants(screen).equals(List.of("initech", "globex", "acme")));
            terminal.press("n");
            terminal.until(screen -> tenants(screen).equals(List.of("acme", "globex", "initech")));
            terminal.press("/");
            terminal.press("-l", "glob");
            terminal.press("Enter");
            terminal.until(screen -> tenants(screen).equals(List.of("globex")));
            terminal.press("Escape");
            terminal.until(screen -> tenants(screen).size() == 3);
            // The second row is the folder of the tenants, or that of the JVM.
            terminal.press("-l", "g");
            terminal.press("-l", "-");
            terminal.until(screen -> tenants(screen).isEmpty());
            terminal.press("-l", "+");
            terminal.until(screen -> tenants(screen).size() == 3);
            terminal.press("-l", "f");
            terminal.until(screen -> screen.get(0).contains(", by starts"));
            terminal.press("q");
            assertRestored(terminal);
        }
    }

    @Tag("full")
    @Test
    void screenSaysWhatItWaitsForUntilThereAreRates() {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(TopProgram.class);
                TerminalSession terminal = top(jvm, "-d", "30")) {
            terminal.until(screen ->
                    screen.contains("waiting 30 s for the second reading, which has the rates"));
            terminal.press("q");
            assertThat(terminal.awaitEnd()).startsWith("corral: reading " + jvm.pid());
        }
    }

    @Tag("full")
    @Test
    void hierarchyKeyReportsThatThereIsNoOther() {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(TopProgram.class);
                TerminalSession terminal = top(jvm, "-d", "30")) {
            terminal.until(screen -> tenants(screen).size() == 3);
            terminal.press("-l", "h");
            terminal.until(screen -> screen.contains("main is the only hierarchy"));
            terminal.press("q");
            assertRestored(terminal);
        }
    }

    @Tag("full")
    @Test
    void narrowTerminalShowsTheContainersAndTheirCpu() {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(TopProgram.class);
                TerminalSession terminal = top(jvm)) {
            terminal.until(screen -> tenants(screen).size() == 3);
            terminal.resize(40, 12);
            // The line with the keys is drawn last.
            List<String> narrow = terminal.until(screen -> tenants(screen).size() == 3
                    && screen.get(1).startsWith("process ")
                    && screen.stream().anyMatch(line -> line.matches("CONTAINER +CPU %"))
                    && screen.contains("m: allocation, t: threads, f: starts"));
            assertThat(narrow).allMatch(line -> line.length() <= 40);
            assertThat(narrow.get(0)).isEqualTo("corral top, JVM " + jvm.pid() + " TopProgram");
            assertThat(narrow.get(1))
                    .matches("process [-0-9.]+%(, containers [-0-9.]+%( \\(Corral [-0-9.]+"
                            + "%\\))?)?");
            terminal.press("C-c");
            assertRestored(terminal);
        }
    }

    @Tag("full")
    @Test
    void endOfTheJvmPrintsOneLine() {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(TopProgram.class);
                TerminalSession terminal = top(jvm)) {
            terminal.until(screen -> tenants(screen).size() == 3);
            jvm.writeLine("end");
            jvm.end();
            assertThat(terminal.awaitEnd())
                    .startsWith(
                            "corral: reading " + jvm.pid(),
                            "corral: JVM " + jvm.pid() + " has ended",
                            TerminalSession.ENDED + "1",
                            "icanon",
                            "echo");
        }
    }

    private TerminalSession top(RunningJvm jvm, String... options) {
        jvm.await("ready");
        List<String> command = new ArrayList<>(
                new ToolCommand(Jdk.newest(), folder).words("top", Long.toString(jvm.pid())));
        command.addAll(List.of(options));
        return TerminalSession.start(COLUMNS, ROWS, command);
    }

    /** The names of the tenants in the order of their rows. */
    private static List<String> tenants(List<String> screen) {
        List<String> names = new ArrayList<>();
        for (String line : screen) {
            String name = line.trim().split(" ", 2)[0];
            if (List.of("acme", "globex", "initech").contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The main screen is back, and the terminal reads lines again and shows what is typed. */
    private static void assertRestored(TerminalSession terminal) {
        assertThat(terminal.awaitEnd()).contains(TerminalSession.ENDED + "0", "icanon", "echo");
    }
}
