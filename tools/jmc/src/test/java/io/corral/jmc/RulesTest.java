package io.corral.jmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Each rule on recordings where it has a finding, and where it has none. */
class RulesTest {

    private final MadeRecording recording = new MadeRecording();

    @AfterEach
    void close() {
        recording.close();
    }

    private void assertFinding(IResult result, Severity severity, String text) {
        assertThat(MadeRecording.text(result)).isEqualTo(text);
        assertThat(result.getSeverity()).isEqualTo(severity);
        assertThat(Severity.get(score(result))).isEqualTo(severity);
    }

    private static double score(IResult result) {
        return result.getResult(TypedResult.SCORE).doubleValue();
    }

    @Test
    void missionControlFindsEachRule() {
        List<IRule> ours = RuleRegistry.getRules().stream()
                .filter(each -> each.getClass().getPackageName().equals("io.corral.jmc"))
                .toList();
        assertThat(ours)
                .extracting(IRule::getId)
                .containsExactlyInAnyOrder(
                        "CorralCpuShare",
                        "CorralUnattributedCpu",
                        "CorralQueuedTime",
                        "CorralGrowingThreads",
                        "CorralLimits");
        assertThat(ours).extracting(IRule::getTopic).containsOnly("Corral");
    }

    @Test
    void containerOverTheShareIsReported() throws Exception {
        recording.total("/", 1_000).total("/tenants", 500).total("/tenants/acme", 300);
        recording.total("/", 5_000).total("/tenants", 4_100).total("/tenants/acme", 3_300);
        recording.total("/tenants/globex", 600);
        // The events of another hierarchy do not count.
        recording.total("endpoint", "/tenants/acme", 0).total("endpoint", "/tenants/acme", 9_000);
        IResult result = recording.result(CpuShareRule.class);
        assertFinding(
                result,
                Severity.WARNING,
                "/tenants/acme used 75 % of the CPU time of all containers.");
        assertThat(MadeRecording.explanation(result))
                .startsWith("Over the limit of 50 %: /tenants/acme: 75 %. ");
    }

    @Test
    void sharesBelowTheLimitAreNotReported() throws Exception {
        recording.total("/", 0).total("/tenants", 0).total("/tenants/acme", 0);
        recording.total("/tenants/globex", 0).total("/", 5_000).total("/tenants", 4_800);
        recording.total("/tenants/acme", 2_400).total("/tenants/globex", 2_400);
        IResult result = recording.result(CpuShareRule.class);
        assertFinding(
                result, Severity.OK, "No container used more than 50 % of the CPU time of all.");
    }

    @Test
    void placesChosenByCorralAreNotCompared() throws Exception {
        recording.total("/", 0).total("/pools", 0).total("/pools/http", 0);
        recording.total("/", 5_000).total("/pools", 5_000).total("/pools/http", 5_000);
        assertThat(recording.result(CpuShareRule.class).getSeverity()).isEqualTo(Severity.OK);
    }

    @Test
    void recreatedContainerBeginsAtZero() throws Exception {
        recording.total("/", 0).total("/tenants/acme", 0);
        recording.total("/", 4_000).total("/tenants/acme", 3_000).removal("/tenants/acme");
        recording.total("/", 5_000).total("/tenants/acme", 500);
        assertFinding(
                recording.result(CpuShareRule.class),
                Severity.WARNING,
                "/tenants/acme used 70 % of the CPU time of all containers.");
    }

    /** A container that came during the recording, and events without the first total. */
    @Test
    void usageBeforeTheFirstEventIsItsDelta() throws Exception {
        recording.usage("/", 1_000, 61_000).usage("/tenants/acme", 900, 60_900);
        recording.total("/", 62_000).total("/tenants/acme", 61_200);
        assertFinding(
                recording.result(CpuShareRule.class),
                Severity.WARNING,
                "/tenants/acme used 60 % of the CPU time of all containers.");
    }

    @Test
    void recordingWithLittleCpuTimeHasNoFinding() throws Exception {
        recording.total("/", 0).total("/tenants/acme", 0);
        recording.total("/", 900).total("/tenants/acme", 900);
        assertFinding(
                recording.result(CpuShareRule.class),
                "The containers used less than a second of CPU time.");
    }

    @Test
    void recordingWithoutCorralHasNoFinding() throws Exception {
        for (IRule each : RuleRegistry.getRules()) {
            if (each.getTopic().equals("Corral")) {
                assertThat(recording.result(each.getClass()).getSeverity()).isEqualTo(Severity.NA);
            }
        }
    }

    private void assertFinding(IResult result, String whyNot) {
        assertThat(result.getSeverity()).isEqualTo(Severity.NA);
        assertThat(result.getSummary()).isEqualTo(whyNot);
    }

    /** Mission Control shows texts as HTML. */
    @Test
    void nameOfAContainerIsEscaped() throws Exception {
        String odd = "/tenants/<img src=x onerror=alert(1)>&\"{value} \uD83D\uDE00";
        recording.total("/", 0).total(odd, 0).total("/", 2_000).total(odd, 2_000);
        assertThat(MadeRecording.text(recording.result(CpuShareRule.class)))
                .startsWith("/tenants/&lt;img src=x onerror=alert(1)&gt;&amp;&#34;")
                .endsWith("used 100 % of the CPU time of all containers.");
    }

    @Test
    void unattributedCpuOverTheShareIsReported() throws Exception {
        recording.reconciliation(1_000, 500).reconciliation(2_000, Long.MIN_VALUE);
        recording.reconciliation(6_000, 900);
        assertFinding(
                recording.result(UnattributedCpuRule.class),
                Severity.INFO,
                "8 % of the CPU time is in no container and not the JVM's.");
    }

    @Test
    void littleUnattributedCpuIsNotReported() throws Exception {
        recording.reconciliation(1_000, 500).reconciliation(6_000, 600);
        assertFinding(
                recording.result(UnattributedCpuRule.class),
                Severity.OK,
                "At most 5 % of the CPU time is in no container and not the JVM's.");
    }

    @Test
    void negativeUnattributedCpuIsNotReported() throws Exception {
        recording.reconciliation(1_000, 500).reconciliation(6_000, 100);
        assertThat(recording.result(UnattributedCpuRule.class).getSeverity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void containerThatWaitsIsReported() throws Exception {
        recording.queued("/", 0, 0, 0).queued("/tenants", 0, 0, 0);
        recording.queued("/tenants/acme", 0, 0, 0);
        recording.queued("/", 9_000, 2_100, 0).queued("/tenants", 8_000, 1_100, 0);
        recording.queued("/tenants/acme", 7_000, 100, 0);
        assertFinding(
                recording.result(QueuedTimeRule.class),
                Severity.WARNING,
                "/tenants/acme waited for 70 ms each time, on average.");
    }

    @Test
    void waitThatHasNotEndedIsReported() throws Exception {
        recording.queued("/", 0, 0, 1).queued("/tenants", 0, 0, 1);
        recording.queued("/tenants/acme", 0, 0, 1);
        recording.queued("/", 9_000, 0, 1).queued("/tenants", 9_000, 0, 1);
        recording.queued("/tenants/acme", 9_000, 0, 1);
        assertFinding(
                recording.result(QueuedTimeRule.class),
                Severity.WARNING,
                "/tenants/acme waited for 9 s each time, on average.");
    }

    @Test
    void shortWaitsAreNotReported() throws Exception {
        // A thread that sleeps often has much queued time and waits only shortly.
        recording.queued("/", 0, 0, 0).queued("/tenants/acme", 0, 0, 0);
        recording.queued("/", 9_000, 90_000, 0).queued("/tenants/acme", 8_000, 80_000, 0);
        assertThat(recording.result(QueuedTimeRule.class).getSeverity()).isEqualTo(Severity.OK);
    }

    @Test
    void ruleDoesNotApplyToARecordingWithoutQueuedTime() throws Exception {
        recording.total("/", 0).total("/", 2_000);
        assertFinding(recording.result(QueuedTimeRule.class), "The recording has no waits.");
    }

    @Test
    void growingContainerIsReportedWithoutItsParents() throws Exception {
        for (int i = 0; i <= 40; i++) {
            recording.threads("/", 10 + i, i).threads("/tenants", i, i);
            recording.threads("/tenants/acme", i, i);
        }
        IResult result = recording.result(GrowingThreadsRule.class);
        assertThat(result.getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(MadeRecording.text(result))
                .matches("/tenants/acme gained \\d+ threads and lost none.");
        assertThat(result.getResult(Finding.CONTAINERS)).hasSize(1);
    }

    @Test
    void containerThatLosesAThreadIsNotReported() throws Exception {
        for (int i = 0; i <= 40; i++) {
            recording.threads("/tenants/acme", i == 20 ? 10 : i, i);
        }
        assertThat(recording.result(GrowingThreadsRule.class).getSeverity()).isEqualTo(Severity.OK);
    }

    @Test
    void removedContainerHasNoThreads() throws Exception {
        for (int i = 0; i <= 40; i++) {
            recording.threads("/", 10, 0).threads("/jobs/nightly", i, i);
        }
        recording.removal("/jobs/nightly").threads("/", 10, 0);
        assertThat(recording.result(GrowingThreadsRule.class).getSeverity()).isEqualTo(Severity.OK);
    }

    @Test
    void poolThatFillsUpAtTheStartIsNotReported() throws Exception {
        for (int i = 0; i <= 40; i++) {
            recording.threads("/pools/http", i, 0);
        }
        for (int i = 0; i <= 100; i++) {
            recording.threads("/", 41, 0);
        }
        assertThat(recording.result(GrowingThreadsRule.class).getSeverity()).isEqualTo(Severity.OK);
    }

    @Test
    void containerWhoseLimitsRefuseOrDelayIsReported() throws Exception {
        recording.total("/", 0);
        recording.limited("/tenants/acme", 1_000, 500, 50_000, 0);
        recording.limited("/tenants/globex", 1_000, 0, 0, 0);
        recording.exceeded("/tenants/acme", "fair", "enforce");
        recording.exceeded("/tenants/acme", "requests.max", "enforce");
        recording.exceeded("/tenants/acme", "cpu.max", "monitor");
        recording.limited("/tenants/acme", 1_060, 510, 50_700, 40);
        recording.limited("/tenants/globex", 2_000, 10, 50, 0);
        IResult result = recording.result(LimitsRule.class);
        assertFinding(
                result,
                Severity.INFO,
                "Limits refused or delayed 50 % of the requests of /tenants/acme.");
        assertThat(MadeRecording.explanation(result))
                .startsWith("More than 5 %: /tenants/acme: 50 % (fair, requests.max; 40 refused,"
                        + " 10 waited 70 ms each on average). ");
    }

    @Test
    void limitThatIsSetInTheRecordingHadRefusedNothingBefore() throws Exception {
        recording.total("/", 0).limitSet("/tenants/acme");
        recording.limited("/tenants/acme", 90, 0, 0, 10);
        assertFinding(
                recording.result(LimitsRule.class),
                Severity.INFO,
                "Limits refused or delayed 10 % of the requests of /tenants/acme.");
    }

    @Test
    void whatLimitsDidBeforeTheRecordingIsNotReported() throws Exception {
        recording.total("/", 0).limited("/tenants/acme", 90, 0, 0, 100);
        recording.limited("/tenants/acme", 190, 0, 0, 100);
        assertFinding(
                recording.result(LimitsRule.class),
                Severity.OK,
                "No limit refused or delayed more than 5 % of the requests of a container.");
    }
}
