package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under a security manager that grants the application nothing. */
class SecurityManagerIT {

    @TempDir
    private Path folder;

    /** The newest JDK with a security manager. */
    static List<Jdk> jdks() {
        List<Jdk> jdks = Jdk.all().stream().filter(jdk -> jdk.feature() < 24).toList();
        return FullRun.isOn() || jdks.isEmpty() ? jdks : jdks.subList(0, 1);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void containersWorkWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .withoutAgent()
                .flags("-Djava.security.manager")
                .runMain(SecurityManagerProgram.class);
        assertWorks(outcome, false);
        assertThat(outcome.value("placed")).isEqualTo("main:/");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void agentWithoutPermissionsPrintsWhatIsMissing(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-Djava.security.manager")
                .runMain(SecurityManagerProgram.class);
        assertWorks(outcome, false);
        assertThat(outcome.errLines().stream().filter(line -> line.startsWith("corral: ")))
                .containsExactly("corral: not active: the security manager refuses: access denied"
                        + " (\"java.lang.RuntimePermission\" \"getProtectionDomain\"); grant the"
                        + " agent's jar java.security.AllPermission. The application runs"
                        + " unmetered.");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void rulesApplyWhereThePolicyTrustsTheAgent(Jdk jdk) throws IOException {
        Path policy = policy("");
        Path rules = Files.writeString(
                folder.resolve("rules.conf"),
                "thread batch-* -> /batch/{1}\nenter"
                        + " io.corral.integration.startup.SecurityManagerProgram#work -> /work\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags("-Djava.security.manager", "-Djava.security.policy=" + policy)
                .flags("-XX:StartFlightRecording=filename=" + folder.resolve("r.jfr"))
                .runMain(SecurityManagerProgram.class);
        assertWorks(outcome, true);
        assertThat(outcome.value("placed")).isEqualTo("main:/batch/7");
        assertThat(outcome.value("worked")).isEqualTo("main:/work");
        assertThat(outcome.errLines()).noneMatch(line -> line.startsWith("corral: "));
    }

    /** The application may make the MBean server and look at it, but register nothing. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void beansAreRegisteredIfTheServersCreatorLacksThePermission(Jdk jdk) throws IOException {
        Path policy = policy("grant { permission javax.management.MBeanServerPermission"
                + " \"createMBeanServer\"; };\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-Djava.security.manager", "-Djava.security.policy=" + policy)
                .runMain(SecurityManagerProgram.class, "beans");
        assertWorks(outcome, true);
        assertThat(outcome.value("beans")).isEqualTo("true");
        assertThat(outcome.errLines())
                .noneMatch(line -> line.startsWith("corral: ") || line.contains("policy"));
    }

    /** A policy under which the agent's jar may do what it wants. */
    private Path policy(String more) throws IOException {
        return Files.writeString(
                folder.resolve("agent.policy"),
                "grant codeBase \"" + Path.of(ForkedJvm.agentJar()).toUri()
                        + "\" { permission java.security.AllPermission; };\n" + more);
    }

    private static void assertWorks(ForkedJvm.Outcome outcome, boolean active) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("active")).isEqualTo(String.valueOf(active));
        assertThat(outcome.value("entered")).isEqualTo("main:/a");
        assertThat(outcome.value("started")).isEqualTo("main:/a");
        assertThat(outcome.value("attached")).isEqualTo("main:/b");
    }
}
