package io.corral.commands.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.commands.reading.LimitRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table and the JSON of the command {@code limits}. */
class LimitTableTest {

    private static final LimitRow ACME = new LimitRow(
            "main",
            "/tenants/acme",
            List.of(
                    new LimitRow.Limit("weight", "weight 300", "", "code"),
                    new LimitRow.Limit("fair", "fair", "enforce", "rules.conf:2"),
                    new LimitRow.Limit(
                            "requests.max", "requests.max 5 wait 2s", "monitor", "command"),
                    new LimitRow.Limit("threads.max", "threads.max 9", "enforce", "rules.conf:3")),
            stat(11));

    private static final LimitRow ORDERS = new LimitRow(
            "endpoint",
            "/orders",
            List.of(new LimitRow.Limit("cpu.max", "cpu.max 20%", "enforce", "rules.conf:4")),
            stat(0));

    @Test
    void numbersOfRequestsStandBesideTheFirstLimitOfTheDoorAndThoseOfThreadsBesideThreadsMax() {
        assertThat(LimitTable.lines(List.of(ACME, ORDERS)))
                .containsExactly(
                        "CONTAINER         LIMIT                             FROM          "
                                + "NOW  PEAK  WAITING  WAITED  MEAN WAIT  SHED  OVER  WOULD",
                        "/tenants/acme     weight 300                        code",
                        "/tenants/acme     fair                              rules.conf:2  "
                                + " 11    12       13      15     16.00s    17    18     41",
                        "/tenants/acme     requests.max 5 wait 2s (monitor)  command",
                        "/tenants/acme     threads.max 9                     rules.conf:3  "
                                + " 22    23                                24           26",
                        "endpoint:/orders  cpu.max 20%                       rules.conf:4  "
                                + "  0     0        0       0          -     0     0      0");
    }

    @Test
    void jsonHasEachValue() throws IOException {
        Map<String, Object> all = JSON.std.mapFrom(LimitTable.json("JVM 1 A", "on", List.of(ACME)));
        assertThat(all).containsEntry("source", "JVM 1 A").containsEntry("state", "on");
        Map<?, ?> acme = (Map<?, ?>) ((List<?>) all.get("containers")).get(0);
        assertThat(acme.get("path")).isEqualTo("/tenants/acme");
        assertThat(acme.get("requests")).isEqualTo(11);
        assertThat(acme.get("wouldRefuseStarts")).isEqualTo(26);
        assertThat((List<?>) acme.get("limits")).hasSize(4);
        assertThat(((List<?>) acme.get("limits")).get(2))
                .isEqualTo(Map.of(
                        "control",
                        "requests.max",
                        "limit",
                        "requests.max 5 wait 2s",
                        "mode",
                        "monitor",
                        "origin",
                        "command"));
    }

    /** Counts up from a number, or all 0. */
    private static Map<String, Long> stat(long first) {
        Map<String, Long> stat = new LinkedHashMap<>();
        long next = first;
        for (String name : List.of(
                "requests",
                "peakRequests",
                "waiting",
                "admitted",
                "waited",
                "waitedNanos",
                "shed",
                "over",
                "lost",
                "wouldWait",
                "wouldShed",
                "threads",
                "peakThreads",
                "refusedStarts",
                "refusedStartsBelow",
                "wouldRefuseStarts")) {
            long value = name.equals("waitedNanos") ? 240_000_000_000L : next;
            stat.put(name, first == 0 ? 0 : value);
            next++;
        }
        return stat;
    }
}
