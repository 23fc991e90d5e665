package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenarios;
import io.corral.integration.support.TestCarriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExhaustionIT {

    /** The JDK's list of virtual threads does not outlive an overflow of the stack in it. */
    private static final String NO_LIST = "-Djdk.trackAllThreads=false";

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfTheStack() {
        return Scenarios.of(StackExhaustionScenarios.class)
                .flags(TestCarriers.FLAG, NO_LIST)
                .onEachJdkInFullRun();
    }

    /** Frames are larger in the interpreter, and none is inlined. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfTheStackInTheInterpreter() {
        return Scenarios.of(StackExhaustionScenarios.class)
                .flags(TestCarriers.FLAG, NO_LIST, "-Xint")
                .onNewestJdk();
    }

    /** Not logged, because hooks report that they had no heap. */
    @TestFactory
    Stream<DynamicNode> scenariosOfTheHeap() {
        return Scenarios.of(HeapExhaustionScenarios.class)
                .flags(TestCarriers.FLAG, "-Xmx16m", "-XX:+UseSerialGC", "-Dcorral.log=off")
                .onEachJdkInFullRun();
    }

    /** Not logged, because hooks report that they had no stack or no heap. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfContainers() {
        return Stream.concat(
                Scenarios.of(ContainersWithoutStackScenarios.class)
                        .flags("-Dcorral.log=off")
                        .onNewestJdk(),
                Scenarios.of(ContainersWithoutMemoryScenarios.class)
                        .flags("-Xmx16m", "-XX:+UseSerialGC", "-Dcorral.log=off")
                        .onNewestJdk());
    }

    /** Not logged, because hooks report that they had no stack or no heap. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfDoors() {
        return Stream.concat(
                Scenarios.of(DoorsWithoutStackScenarios.class)
                        .flags("-Dcorral.log=off")
                        .onNewestJdk(),
                Scenarios.of(DoorsWithoutMemoryScenarios.class)
                        .flags("-Xmx16m", "-XX:+UseSerialGC", "-Dcorral.log=off")
                        .onNewestJdk());
    }

    /** Not logged, because hooks report that they had no heap. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfRunQueues() {
        return Scenarios.of(FairThreadsWithoutMemoryScenarios.class)
                .flags("-Xmx16m", "-XX:+UseSerialGC", "-Dcorral.log=off")
                .withVirtualThreadsInFullRun();
    }

    /** Not logged, because hooks report that they had no stack. */
    @Tag("full")
    @TestFactory
    Stream<DynamicNode> scenariosOfRunQueuesWithoutStack() {
        return Scenarios.of(FairThreadsWithoutStackScenarios.class)
                .flags(NO_LIST, "-Dcorral.log=off")
                .onNewestJdk();
    }

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    /** The JVM itself reports that transformers had no stack, so standard error is not checked. */
    @ParameterizedTest
    @MethodSource("jdks")
    void threadsAfterAFirstStartAtTheBottomOfTheStackAreInTheirContainer(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).optimizing().runMain(FirstStartProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("started")).isEqualTo("true");
        assertThat(outcome.value("later")).isEqualTo("/first");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void scopesAndAttachesWorkAfterFirstScopesAtTheBottomOfTheStack(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).optimizing().runMain(FirstScopeProgram.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("overflows")).isNotEqualTo("0");
        assertThat(outcome.value("attaching")).isEqualTo("false");
        assertThat(outcome.value("later")).isEqualTo("/first");
        assertPageQuotesTheLineAboutReservedStack(outcome);
    }

    /** What the page says of the JVM's line is what the JVM prints. */
    private static void assertPageQuotesTheLineAboutReservedStack(ForkedJvm.Outcome outcome)
            throws IOException {
        String line = "Potentially dangerous stack overflow in ReservedStackAccess annotated method"
                + " io.corral";
        assertThat(outcome.out() + outcome.err()).contains("warning: " + line + '.');
        assertThat(Files.readString(Path.of("../../docs/troubleshooting.md")))
                .contains("the JVM prints `" + line + "...`");
    }
}
