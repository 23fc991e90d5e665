package io.corral.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first recording has events, whatever happened before it. */
class RecorderIT {

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void blockingNoticeDelaysNoEvents(Jdk jdk) {
        assertEventsCome(
                ForkedJvm.on(jdk).runMain(RecorderProgram.class, RecorderProgram.BLOCKING_NOTICE));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lateAgentAfterAListenerSeesTheRecorderStart(Jdk jdk) {
        assertEventsCome(ForkedJvm.on(jdk)
                .withoutAgent()
                .flags("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .runMain(RecorderProgram.class, RecorderProgram.LATE_AGENT, ForkedJvm.agentJar()));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void interruptedThreadForExitEventsBecomesIdle(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runMain(InterruptedExitsProgram.class);
        assertThat(outcome.value("idle")).isEqualTo("true");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void usageThatARecordingTurnsOffStaysOffWithAPeriod(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments("period=100ms")
                .runMain(DisabledUsageProgram.class);
        assertThat(outcome.value("enabled")).as(outcome.toString()).isEqualTo("false");
    }

    private static void assertEventsCome(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("usage")).isEqualTo("true");
        assertThat(outcome.value("totals")).isEqualTo("true");
    }
}
