package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.StartOutcome;
import io.corral.integration.support.StartProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent prints nothing on success, does nothing in the JDK's tools, and is never active twice.
 */
class AgentStartIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> eachInFullRun() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void agentIsActiveAndPrintsNothing(Jdk jdk) {
        StartOutcome.assertActive(StartOutcome.runWithApi(ForkedJvm.on(jdk), jdk), jdk);
    }

    /**
     * Runs with the module {@code jdk.unsupported}, whose package {@code sun.misc} is open to all,
     * and without it.
     */
    @ParameterizedTest
    @MethodSource("eachInFullRun")
    void jdkStaysClosedToTheApplication(Jdk jdk) throws IOException {
        assertClosed(jdk, true);
        assertClosed(
                jdk,
                false,
                "--limit-modules",
                "java.base,java.instrument,java.management,jdk.management,jdk.jfr");
    }

    private void assertClosed(Jdk jdk, boolean hasOpenPackage, String... flags) throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        ForkedJvm jvm =
                ForkedJvm.on(jdk).flags("-Xlog:class+load:file=" + loaded).flags(flags);
        ForkedJvm.Outcome outcome = StartOutcome.runWithApi(jvm, jdk);
        StartOutcome.assertActive(outcome, jdk);
        assertThat(outcome.number("internals")).isZero();
        assertThat(Files.readAllLines(loaded))
                .filteredOn(line -> line.contains(" sun.misc.CorralDefiner "))
                .hasSize(hasOpenPackage ? 1 : 0);
    }

    static Stream<String> unusualNames() {
        return FullRun.rows(1, List.of("%41", "with a blank", "50%", "a+b#c"));
    }

    @ParameterizedTest
    @MethodSource("unusualNames")
    void agentIsActiveInFoldersWithUnusualNames(String name) throws IOException {
        Path jar = Files.createDirectories(folder.resolve(name)).resolve("corral-agent.jar");
        Files.copy(Path.of(ForkedJvm.agentJar()), jar);
        Jdk jdk = Jdk.all().get(0);
        ForkedJvm jvm = ForkedJvm.on(jdk).withoutAgent().flags("-javaagent:" + jar);
        StartOutcome.assertActive(StartOutcome.runWithApi(jvm, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void agentIsActiveWithoutAnyClassArchive(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-Xshare:off");
        StartOutcome.assertActive(StartOutcome.runWithApi(jvm, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void wovenClassesPassTheVerifier(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .flags("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");
        StartOutcome.assertActive(StartOutcome.runWithApi(jvm, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void secondAgentDoesNothingAndPrintsOneLine(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-javaagent:" + ForkedJvm.agentJar());
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: -javaagent is specified twice; this one is ignored");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void sourceFileLaunchedDirectlyIsAnApplication(Jdk jdk) throws IOException {
        Path source = Files.writeString(
                folder.resolve("Hello.java"),
                "public class Hello { public static void main(String[] a) {"
                        + " System.out.println(\"active=\" + io.corral.Containers.isActive());"
                        + " System.exit(3); } }");
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).run("-cp", ForkedJvm.runtimeJar(), source.toString());
        assertThat(outcome.errLines()).isEmpty();
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.exitCode()).isEqualTo(3);
    }

    static Stream<List<Object>> tools() {
        List<List<String>> tools = List.of(
                List.of("jps"),
                List.of("javac", "-version"),
                List.of("jcmd", "-l"),
                List.of("jar", "--version"));
        return newest().flatMap(jdk -> FullRun.rows(1, tools).map(tool -> List.of(jdk, tool)));
    }

    /**
     * The environment loads the agent into the tools. They install nothing, and their output stays
     * the same.
     */
    @ParameterizedTest
    @MethodSource("tools")
    void agentDoesNothingInTheJdksTools(List<Object> jdkAndTool) throws IOException {
        Jdk jdk = (Jdk) jdkAndTool.get(0);
        List<String> command = new ArrayList<>();
        for (Object word : (List<?>) jdkAndTool.get(1)) {
            command.add(command.isEmpty() ? jdk.command(word.toString()) : word.toString());
        }
        Path loaded = folder.resolve("loaded.txt");
        String flags = "-javaagent:" + ForkedJvm.agentJar() + "=colour=red -Xlog:class+load:file="
                + loaded;
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).environment("JAVA_TOOL_OPTIONS", flags).runCommand(command);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.errLines()).containsExactly("Picked up JAVA_TOOL_OPTIONS: " + flags);
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(" io.corral.agent.Agent "));
        assertThat(classes).noneMatch(line -> line.contains(" io.corral.runtime."));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void agentInJavaToolOptionsIsActive(Jdk jdk) {
        String flags = "-javaagent:" + ForkedJvm.agentJar();
        ForkedJvm jvm = ForkedJvm.on(jdk).withoutAgent().environment("JAVA_TOOL_OPTIONS", flags);
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk), jdk, "Picked up JAVA_TOOL_OPTIONS: " + flags);
    }

    /** The agent leaves to the application everything that it may choose in {@code main}. */
    @ParameterizedTest
    @MethodSource("jdks")
    void loggingJmxEventsAndFileSystemAreNotInitializedBeforeMain(Jdk jdk) throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        ForkedJvm.on(jdk).flags("-Xlog:class+load:file=" + loaded).runMain(StartProgram.class);
        List<String> classes = Files.readAllLines(loaded);
        int main = indexOf(classes, StartProgram.class.getName() + " ");
        assertThat(indexOf(classes, "io.corral.runtime.Corral ")).isBetween(0, main);
        for (String untouched : List.of(
                "java.util.logging.",
                "javax.management.",
                "com.sun.jmx.",
                "jdk.jfr.Event ",
                "java.nio.file.FileSystems$DefaultFileSystemHolder ")) {
            int first = indexOf(classes, untouched);
            assertThat(first == -1 || first > main).as(untouched).isTrue();
        }
    }

    private static int indexOf(List<String> classes, String prefix) {
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).contains(" " + prefix)) {
                return i;
            }
        }
        return -1;
    }
}
