package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests without a limit need a lock, a monitor, a semaphore, or the only connection of a pool,
 * beside a tenant that is over its {@code cpu.max} and needs the same.
 */
@Isolated("measures how long threads wait")
class PriorityInversionIT {

    private static final String AT_THE_DOOR =
            "enter Service#limited(Service$Resource) -> /tenants/limited wait\n";

    /** The contrast: a limit that acts on a thread that holds the resource. */
    private static final String INSIDE = "enter Service#work() -> /tenants/limited wait\n";

    private static final String LIMIT = "limit /tenants/limited cpu.max 5% wait 1m\n";

    private static final double ADDED_MILLIS = 10;

    private static final String SECONDS = "6";

    /** Other processes may disturb one. */
    private static final int ROUNDS = 3;

    static Stream<Arguments> jvms() {
        return Stream.of("platform", "virtual")
                .flatMap(kind -> Jdk.all().stream()
                        .filter(jdk -> kind.equals("platform")
                                ? jdk.equals(Jdk.newest())
                                : jdk.feature() >= 21)
                        .map(jdk -> Arguments.of(jdk, kind)));
    }

    /** The longest wait for each resource, in milliseconds. */
    private static Map<String, Double> run(Jdk jdk, String kind, String rules) {
        try {
            Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "inversion-", ".conf");
            Files.writeString(file, rules);
            Reading reading =
                    CaseRun.of("inversion", jdk).agentArguments("rules=" + file).run(kind, SECONDS);
            assertThat(reading.outcome().err()).doesNotContain("corral:");
            Map<String, Double> worst = new TreeMap<>();
            for (String line : reading.outcome().out().split("\n", -1)) {
                if (line.startsWith("resource\t")) {
                    String[] columns = line.split("\t", -1);
                    worst.put(columns[1], Double.parseDouble(columns[3]));
                }
            }
            assertThat(worst).hasSize(4);
            System.out.println(jdk + ", " + kind + ", " + rules.replace("\n", "; ") + worst);
            return worst;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void whoNeedsWhatALimitedTenantHoldsWaitsNoLonger(Jdk jdk, String kind) {
        Map<String, Double> bare = run(jdk, kind, AT_THE_DOOR);
        Map<String, Double> limited = run(jdk, kind, AT_THE_DOOR + LIMIT);
        for (int round = 1; round < ROUNDS && !isWithin(limited, bare); round++) {
            run(jdk, kind, AT_THE_DOOR + LIMIT)
                    .forEach((resource, wait) -> limited.merge(resource, wait, Math::min));
        }
        Map<String, Double> inside = run(jdk, kind, INSIDE + LIMIT);

        assertThat(limited)
                .as("bare: %s", bare)
                .allSatisfy((resource, wait) ->
                        assertThat(wait).isLessThan(bare.get(resource) + ADDED_MILLIS));
        // On JDK 21 a virtual thread that holds a monitor is pinned, and does not wait.
        if (kind.equals("virtual") && jdk.feature() < 24) {
            inside.remove("monitor");
        }
        assertThat(inside)
                .as("bare: %s", bare)
                .allSatisfy((resource, wait) ->
                        assertThat(wait).isGreaterThan(bare.get(resource) + ADDED_MILLIS));
    }

    private static boolean isWithin(Map<String, Double> waits, Map<String, Double> bare) {
        return waits.entrySet().stream()
                .allMatch(each -> each.getValue() < bare.get(each.getKey()) + ADDED_MILLIS);
    }
}
