package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * {@code mode monitor} counts what the same limits do if they are enforced, within 10%, with
 * requests on the same schedule. Tenant {@code free} has no limit.
 */
@Isolated("needs the CPUs for itself")
class MonitorIT {

    private static final Pattern COUNTS =
            Pattern.compile("(\\w+)=(\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\n");

    @TempDir
    Path folder;

    private record Counts(long admitted, long waited, long shed, long wouldWait, long wouldShed) {}

    @Tag("full")
    @Test
    void monitorCountsWhatRequestsMaxDoes() throws IOException {
        String[] schedule = {"200", "8", "a:60:sleep:100", "b:80:sleep:100", "free:60:sleep:100"};
        compare(
                List.of(
                        "limit /tenants/a requests.max 4",
                        "limit /tenants/b requests.max 4 wait 500ms"),
                schedule);
    }

    @Tag("full")
    @Test
    void monitorCountsWhatCpuMaxDoes() throws IOException {
        String[] schedule = {"200", "8", "a:25:burn:4", "b:25:burn:4", "free:25:burn:1"};
        compare(
                List.of("limit /tenants/a cpu.max 5%", "limit /tenants/b cpu.max 5% wait 300ms"),
                schedule);
    }

    private void compare(List<String> limits, String... schedule) throws IOException {
        Map<String, Counts> monitored =
                run(limits.stream().map(line -> line + " mode monitor").toList(), schedule);
        Map<String, Counts> enforced = run(limits, schedule);
        System.out.println(
                String.join("; ", limits) + "\nmonitored " + monitored + "\nenforced " + enforced);

        assertThat(enforced.get("b").shed()).isGreaterThan(enforced.get("b").admitted() / 4);
        for (String tenant : List.of("a", "b")) {
            Counts would = monitored.get(tenant);
            Counts did = enforced.get(tenant);
            assertThat(would.waited() + would.shed()).isZero();
            assertThat(did.wouldWait() + did.wouldShed()).isZero();
            assertThat(would.admitted()).isEqualTo(did.admitted() + did.shed());
            assertThat(would.wouldWait())
                    .as("waits of %s: %s, %s", tenant, would, did)
                    .isCloseTo(did.waited(), withinPercentage(10));
            assertThat(would.wouldShed())
                    .as("refusals of %s: %s, %s", tenant, would, did)
                    .isCloseTo(did.shed(), withinPercentage(10));
        }
        for (Counts free : List.of(monitored.get("free"), enforced.get("free"))) {
            assertThat(free.waited() + free.shed() + free.wouldWait() + free.wouldShed())
                    .isZero();
        }
    }

    private Map<String, Counts> run(List<String> rules, String... schedule) throws IOException {
        Path file = Files.write(folder.resolve("rules.conf"), rules);
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .optimizing()
                .agentArguments("rules=" + file)
                .flags(CpuLoad.FLAG)
                .runMain(ScheduleProgram.class, schedule);
        assertThat(outcome.err()).doesNotContain("corral:");
        Map<String, Counts> counts = new LinkedHashMap<>();
        Matcher line = COUNTS.matcher(outcome.out());
        while (line.find()) {
            counts.put(
                    line.group(1),
                    new Counts(
                            Long.parseLong(line.group(2)),
                            Long.parseLong(line.group(3)),
                            Long.parseLong(line.group(4)),
                            Long.parseLong(line.group(5)),
                            Long.parseLong(line.group(6))));
        }
        return counts;
    }
}
