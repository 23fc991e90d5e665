package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MBeans, in either order of agent and MBean server. */
class JmxIT {

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void beansAreRegisteredIfTheServerIsCreatedAfterTheAgent(Jdk jdk) {
        assertBeans(ForkedJvm.on(jdk).runMain(JmxProgram.class, "agent-first"));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void beansAreRegisteredIfTheServerWasCreatedBeforeTheAgent(Jdk jdk) {
        assertBeans(ForkedJvm.on(jdk)
                .attachingItself()
                .runMain(JmxProgram.class, ForkedJvm.agentJar()));
    }

    private static void assertBeans(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        String both = "io.corral:name=main,type=Hierarchy, io.corral:type=Corral";
        assertThat(outcome.value("atOnce")).isEqualTo("[" + both + "]");
        assertThat(outcome.value("later"))
                .isEqualTo("[io.corral:name=\"a=b\",type=Hierarchy, " + both + "]");
        assertThat(outcome.number("cpuByColumns"))
                .isPositive()
                .isEqualTo(outcome.number("cpuByApi"));
        assertThat(outcome.number("process")).isPositive();
        assertThat(outcome.value("rows")).isEqualTo("true");
        assertThat(outcome.value("subtree")).isEqualTo("[[/first]]");
        assertThat(outcome.number("units")).isEqualTo(5);
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void jvmWithoutTheModuleRunsWithoutBeans(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("--limit-modules", "java.base,java.instrument")
                .runMain(NoMBeanServerProgram.class);
        assertThat(outcome.value("ran")).isEqualTo("true");
        assertThat(outcome.err()).doesNotContain("MBean");
    }
}
