package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Libraries that run others' items from a queue of their own, without a rule for them. Only the
 * submitting method is named.
 */
class ItemsIT {

    private static final List<String> CASES =
            List.of("ordered-vertx", "actors-pekko", "actors-akka", "worker-rxjava");

    /** A seventh of the items are those of the warm-up. */
    private static final double LEAST_OF_TENANTS = 0.8;

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        String wanted = System.getProperty("field.cases", "");
        return CASES.stream()
                .filter(each ->
                        wanted.isBlank() || Arrays.asList(wanted.split(",", -1)).contains(each))
                .flatMap(each -> Jdk.all().stream().map(jdk -> Arguments.of(each, jdk)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itemsAreChargedToTheirSubmitters(String name, Jdk jdk) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("tenants.conf"), "enter Items#submit -> /tenants/{0}");
        Reading reading = CaseRun.of(name, jdk).agentArguments("rules=" + rules).run();
        assertThat(reading.outcome().err()).doesNotContain("corral:");
        TenantShares.areOneToTwoToThree(reading, "/tenants/%s", LEAST_OF_TENANTS);
    }
}
