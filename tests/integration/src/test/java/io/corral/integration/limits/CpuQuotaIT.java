package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code cpu.max} on Tomcat, whose clients always want more. What was used is known from the
 * threads' own clocks. Each tenant exceeds its quota when the limit is lifted.
 */
@Isolated("needs a CPU for itself")
class CpuQuotaIT {

    private static final int VIRTUAL_THREADS = 21;

    private static final int SHORT_SECONDS = 10;
    private static final int SECONDS = Integer.getInteger("corral.quota.seconds", 60);

    /** The part of a quota by which a container may miss it; of 1% more, in points. */
    private static final double TOLERANCE = 0.03;

    private static final double TOLERANCE_OF_ONE_PERCENT = 0.2;

    /** Names, quotas in per cent, milliseconds of a request, and connections. */
    private static final List<String> MIXED = List.of("a:1:1:2", "b:5:50:3", "c:20:1:4");

    private static final List<List<String>> ROWS = List.of(
            List.of("a:1:1:2", "b:5:1:3", "c:20:1:4"),
            List.of("a:1:50:2", "b:5:50:3", "c:20:50:4"),
            List.of("a:150:1:8"),
            List.of("a:150:50:8"));

    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        return kindsOn(Jdk.newest());
    }

    private static Stream<Arguments> kindsOn(Jdk jdk) {
        return Stream.of("platform", "virtual")
                .filter(kind -> kind.equals("platform") || jdk.feature() >= VIRTUAL_THREADS)
                .map(kind -> Arguments.of(jdk, kind));
    }

    static Stream<Arguments> rows() {
        return Jdk.all().stream()
                .flatMap(CpuQuotaIT::kindsOn)
                .flatMap(jvm -> ROWS.stream()
                        .map(tenants -> Arguments.of(jvm.get()[0], jvm.get()[1], tenants)));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("kinds")
    void tenantsSideBySideUseTheirQuotas(Jdk jdk, String kind) throws IOException {
        run(jdk, kind, SHORT_SECONDS, MIXED);
    }

    @Tag("stress")
    @ParameterizedTest
    @MethodSource("rows")
    void tenantUsesItsQuotaForAMinute(Jdk jdk, String kind, List<String> tenants)
            throws IOException {
        run(jdk, kind, SECONDS, tenants);
    }

    private void run(Jdk jdk, String kind, int seconds, List<String> tenants) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.conf"), "enter http -> /tenants/{header.X-Tenant}\n");
        List<String> arguments = new ArrayList<>(List.of(kind, Integer.toString(seconds)));
        arguments.addAll(tenants);
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .agentArguments("rules=" + rules)
                .flags(CpuLoad.FLAG)
                .runMain(CpuQuotaServer.class, arguments.toArray(new String[0]));
        System.out.println("cpu.max on " + jdk + ", " + kind + ":\n" + outcome.out());
        assertThat(outcome.err()).doesNotContain("corral:");
        double quotas = 0;
        double unlimited = 0;
        for (String tenant : tenants) {
            String[] words = tenant.split(":", -1);
            double quota = Double.parseDouble(words[1]);
            double most = quota == 1 ? quota + TOLERANCE_OF_ONE_PERCENT : quota * (1 + TOLERANCE);
            assertThat(used(outcome, words[0]))
                    .as(outcome.out())
                    .isBetween(quota - (most - quota), most);
            quotas += quota;
            unlimited += used(outcome, "unlimited " + words[0]);
        }
        // Together: without limits one tenant may take what another one wants.
        assertThat(unlimited)
                .as("without the limits: " + outcome.out())
                .isGreaterThan(quotas > 100 ? 1.05 * quotas : 2 * quotas);
    }

    private static double used(ForkedJvm.Outcome outcome, String tenant) {
        return Double.parseDouble(outcome.value(tenant).split("%", -1)[0]);
    }
}
