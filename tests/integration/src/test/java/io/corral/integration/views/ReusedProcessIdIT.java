package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The file by which the JDK lists a JVM stays if that JVM is killed. Here another process has its
 * process ID.
 */
class ReusedProcessIdIT {

    private static final Jdk JDK = Jdk.newest();
    private static final Path LISTED =
            Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"));

    @TempDir
    Path folder;

    private byte[] fileOfAKilledJvm;

    @BeforeEach
    void killAJvmWithCorral() throws IOException {
        try (RunningJvm killed = ForkedJvm.on(JDK).startMain(TopProgram.class)) {
            killed.await("ready");
            fileOfAKilledJvm = Files.readAllBytes(file(killed.pid()));
        }
    }

    private static Path file(long pid) {
        return LISTED.resolve(Long.toString(pid));
    }

    static Stream<List<String>> commands() {
        return FullRun.rows(
                1,
                List.of(
                        List.of("sh", "-c", "read line", "-javaagent:corral-agent.jar"),
                        List.of("sleep", "600")));
    }

    /** The signal that an attach sends would end the process. */
    @ParameterizedTest
    @MethodSource("commands")
    void processThatIsNoJvmIsNeitherAttachedToNorListed(List<String> command) throws Exception {
        Process other = new ProcessBuilder(command).start();
        String pid = Long.toString(other.pid());
        Files.write(file(other.pid()), fileOfAKilledJvm);
        try {
            String line = "process " + pid + " is not a JVM; list the JVMs with jps";
            assertLine(run("top", pid), line);
            assertLine(run("top", "-b", "-n", "1", pid), line);
            assertLine(run("ls", pid), line);
            assertLine(run("attach", pid), line);
            assertLine(run("why", pid, "main"), line);
            assertNotListed(pid);
            assertThat(other.isAlive()).isTrue();
        } finally {
            Files.deleteIfExists(file(other.pid()));
            other.destroy();
            other.waitFor();
        }
    }

    @Tag("full")
    @Test
    void jvmWithoutCorralIsRecognizedDespiteAStaleFileAndNotListed() throws IOException {
        try (RunningJvm other = ForkedJvm.on(JDK)
                .withoutAgent()
                .flags("-XX:-UsePerfData")
                .startMain(IdleProgram.class)) {
            other.await("ready");
            String pid = Long.toString(other.pid());
            Files.write(file(other.pid()), fileOfAKilledJvm);
            try {
                String line = "JVM " + pid + " has no Corral; load it with corral attach " + pid;
                assertLine(run("top", pid), line);
                assertLine(run("ls", pid), line);
                assertLine(run("why", pid, "main"), line);
                assertNotListed(pid);
                assertThat(run("attach", pid).out()).startsWith("active on JDK ");
                assertLine(
                        run("ls", pid, "/nothing"),
                        "JVM " + pid + " IdleProgram has no container /nothing in the hierarchy"
                                + " main");
                other.writeLine("end");
                assertThat(other.end().exitCode()).isZero();
            } finally {
                Files.deleteIfExists(file(other.pid()));
            }
        }
    }

    @Tag("full")
    @Test
    void otherCommandIsNotListed() throws Exception {
        try (RunningJvm jvm = ForkedJvm.on(JDK).startMain(IdleProgram.class)) {
            jvm.await("ready");
            Process top = new ProcessBuilder(new ToolCommand(JDK, folder)
                            .words("top", "-b", "-d", "0.1", Long.toString(jvm.pid())))
                    .start();
            try {
                assertThat(top.inputReader().readLine()).startsWith("process ");
                assertNotListed(Long.toString(top.pid()));
            } finally {
                top.destroy();
                top.waitFor();
            }
        }
    }

    /** Two JVMs with Corral, so that the command attaches to none. */
    private void assertNotListed(String pid) {
        try (RunningJvm one = ForkedJvm.on(JDK).startMain(IdleProgram.class);
                RunningJvm two = ForkedJvm.on(JDK).startMain(IdleProgram.class)) {
            one.await("ready");
            two.await("ready");
            for (String command : List.of("top", "ls")) {
                ForkedJvm.Outcome outcome = run(command);
                assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
                assertThat(outcome.out()).isEmpty();
                assertThat(outcome.errLines())
                        .startsWith("corral: several JVMs have Corral; give the process ID of one:")
                        .contains(
                                "  " + one.pid() + " IdleProgram",
                                "  " + two.pid() + " IdleProgram")
                        .noneMatch(line -> line.startsWith("  " + pid + " "));
            }
        }
    }

    private static void assertLine(ForkedJvm.Outcome outcome, String line) {
        assertThat(outcome.errLines()).containsExactly("corral: " + line);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private ForkedJvm.Outcome run(String command, String... words) {
        return new ToolCommand(JDK, folder).run(command, words);
    }
}
