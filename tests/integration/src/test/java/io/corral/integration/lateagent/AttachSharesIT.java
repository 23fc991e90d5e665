package io.corral.integration.lateagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares shares of CPU time after {@code corral attach} with those of an agent from the start.
 */
@Tag("stress")
class AttachSharesIT {

    private static final double TOLERANCE = 0.05;

    /** On a busy machine a pair of runs can be unusable; then the test runs another pair. */
    private static final int ATTEMPTS = 3;

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void sharesAfterAnAttachUnderLoadAreThoseOfAnAgentFromTheStart(Jdk jdk) throws IOException {
        Files.writeString(folder.resolve("rules.conf"), AttachCommandIT.RULES);
        String difference = difference(jdk);
        for (int i = 1; i < ATTEMPTS && !difference.isEmpty(); i++) {
            System.out.println("once more, on " + jdk + ": " + difference);
            difference = difference(jdk);
        }
        assertThat(difference).isEmpty();
    }

    /**
     * Runs two JVMs, one after the other.
     *
     * @return a text about a share that differs by more than the tolerance; empty if there is none
     */
    private String difference(Jdk jdk) {
        Map<String, Double> late = lateShares(jdk);
        Map<String, Double> early = earlyShares(jdk);
        assertThat(late.keySet()).isEqualTo(early.keySet());
        return early.entrySet().stream()
                .filter(share ->
                        !(Math.abs(late.get(share.getKey()) / share.getValue() - 1) <= TOLERANCE))
                .map(share -> share.getKey() + ": " + late + " late, " + early + " from the start")
                .findFirst()
                .orElse("");
    }

    private Map<String, Double> lateShares(Jdk jdk) {
        try (RunningJvm service = AttachCommandIT.serviceOf(jdk)
                .withoutAgent()
                .startMain(AttachedService.class, "shares")) {
            service.await("warm");
            AttachCommandIT.attachWithRules(jdk, folder, service);
            return shares(service, jdk);
        }
    }

    private Map<String, Double> earlyShares(Jdk jdk) {
        try (RunningJvm service = AttachCommandIT.serviceOf(jdk)
                .agentArguments("rules=" + folder.resolve("rules.conf"))
                .startMain(AttachedService.class, "shares")) {
            service.await("warm");
            return shares(service, jdk);
        }
    }

    /** Each container's part of the CPU time of all of them. */
    private static Map<String, Double> shares(RunningJvm service, Jdk jdk) {
        service.writeLine("go on");
        ForkedJvm.Outcome outcome = service.end();
        AttachCommandIT.assertServed(outcome);
        assertThat(outcome.number("answered")).isGreaterThan(2_000);
        Map<String, Double> shares = new TreeMap<>();
        double all = 0;
        for (String path : AttachedService.paths(jdk.hasVirtualThreads())) {
            all += outcome.number(path);
            shares.put(path, (double) outcome.number(path));
        }
        double sum = all;
        shares.replaceAll((path, nanos) -> nanos / sum);
        return shares;
    }
}
