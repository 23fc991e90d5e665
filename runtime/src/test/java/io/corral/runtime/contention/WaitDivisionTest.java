package io.corral.runtime.contention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WaitDivisionTest {

    private static final Percentage TEN_PERCENT = Percentage.withPercentage(10);

    /** The CPU time that the CPUs could give in a period. */
    private static final double AVAILABLE = 200;

    private final Map<String, ContainerPeriod> containers = new LinkedHashMap<>();

    private ContainerPeriod container(String path) {
        ContainerPeriod known = containers.get(path);
        if (known == null) {
            int slash = path.lastIndexOf('/');
            known = new ContainerPeriod(
                    path,
                    path.equals("/")
                            ? null
                            : container(slash == 0 ? "/" : path.substring(0, slash)));
            containers.put(path, known);
        }
        return known;
    }

    private void uses(String path, double nanos) {
        for (ContainerPeriod at = container(path); at != null; at = at.parent) {
            at.usedNanos += nanos;
            if (at.parent != null) {
                at.parent.usedBelowNanos += nanos;
            }
        }
    }

    private void waits(String path, double nanos) {
        for (ContainerPeriod at = container(path); at != null; at = at.parent) {
            at.waitedNanos += nanos;
        }
    }

    /** The parts of the others, by path, the largest first; null for one that has not waited. */
    private Map<String, Map<String, Double>> divide() {
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        WaitDivision.divide(containers.values(), AVAILABLE, new WaitDivision.Receiver() {
            @Override
            public void waited(ContainerPeriod container) {
                found.put(container.path, new LinkedHashMap<>());
            }

            @Override
            public void ran(ContainerPeriod waiting, ContainerPeriod other, double nanos) {
                found.get(waiting.path).put(other.path, nanos);
            }
        });
        return found;
    }

    @Test
    void waitIsDividedByTheCpuTimeOfThePeriod() {
        waits("/tenants/victim", 1_000);
        uses("/tenants/victim", 20);
        uses("/tenants/a", 120);
        uses("/tenants/b", 40);
        uses("/pools/worker", 20);
        Map<String, Double> others = divide().get("/tenants/victim");
        assertThat(others)
                .containsExactly(
                        Map.entry("/tenants/a", 600.0),
                        Map.entry("/tenants/b", 200.0),
                        Map.entry("/pools/worker", 100.0));
    }

    @Test
    void nobodyIsNamedWhereNobodyElseRuns() {
        waits("/tenants/victim", 1_000);
        uses("/tenants/victim", 200);
        assertThat(divide().get("/tenants/victim")).isEmpty();
    }

    @Test
    void timeThatNobodyUsedIsNobodysPart() {
        waits("/tenants/victim", 1_000);
        uses("/tenants/a", 20);
        assertThat(divide().get("/tenants/victim")).containsExactly(Map.entry("/tenants/a", 100.0));
    }

    @Test
    void containersThatDoNotWaitGetNothing() {
        uses("/tenants/a", 100);
        assertThat(divide()).isEmpty();
    }

    @Test
    void othersAreNamedAtTheLevelOfTheOneThatWaits() {
        waits("/tenants/victim/job", 100);
        uses("/tenants/victim/other", 50);
        uses("/tenants/a/one", 60);
        uses("/tenants/a/two", 40);
        uses("/tenants/a", 10);
        Map<String, Map<String, Double>> found = divide();
        assertThat(found.get("/tenants/victim")).containsOnlyKeys("/tenants/a");
        assertThat(found.get("/tenants/victim/job"))
                .containsOnlyKeys(
                        "/tenants/a/one", "/tenants/victim/other", "/tenants/a/two", "/tenants/a");
    }

    @Test
    void neitherAboveNorBelowIsNamed() {
        waits("/tenants/victim", 100);
        waits("/orders", 100);
        uses("/", 50);
        uses("/tenants", 30);
        uses("/tenants/victim/job", 20);
        uses("/orders/new", 10);
        uses("/pools/worker", 5);
        Map<String, Map<String, Double>> found = divide();
        assertThat(found.get("/tenants/victim")).containsOnlyKeys("/orders/new", "/pools/worker");
        assertThat(found.get("/tenants")).containsOnlyKeys("/orders/new", "/pools/worker");
        assertThat(found.get("/orders"))
                .containsOnlyKeys("/tenants", "/tenants/victim", "/pools/worker");
        assertThat(found).doesNotContainKey("/");
    }

    /** Who runs changes from period to period, and the victim waits in some of them only. */
    @Test
    void partsAreThoseOfALedgerOfWhoRanMeanwhile() {
        List<String> neighbours = List.of("/tenants/a", "/tenants/b", "/tenants/c");
        Map<String, Double> ledger = new LinkedHashMap<>();
        HierarchyWaits waits = new HierarchyWaits();
        double waited = 0;
        for (int period = 0; period < 200; period++) {
            containers.clear();
            boolean isWaiting = period % 3 != 0;
            for (int i = 0; i < neighbours.size(); i++) {
                double used = 10 + 80.0 * ((period + i) % neighbours.size() == 0 ? 1 : 0);
                uses(neighbours.get(i), used);
                if (isWaiting) {
                    ledger.merge(neighbours.get(i), 50 * used / AVAILABLE, Double::sum);
                }
            }
            if (isWaiting) {
                waits("/tenants/victim", 50);
                waited += 50;
            }
            waits.add(new ArrayList<>(containers.values()), 1, AVAILABLE, true);
        }
        List<RanMeanwhile> found = waits.takeUnrecorded();
        assertThat(found).extracting(RanMeanwhile::path).contains("/tenants/victim");
        RanMeanwhile victim = found.stream()
                .filter(each -> each.path().equals("/tenants/victim"))
                .findFirst()
                .orElseThrow();
        assertThat(victim.waitedNanos()).isCloseTo(waited, TEN_PERCENT);
        assertThat(victim.others())
                .hasSize(3)
                .allSatisfy(other ->
                        assertThat(other.nanos()).isCloseTo(ledger.get(other.path()), TEN_PERCENT));
        assertThat(waits.takeUnrecorded()).isEmpty();
    }
}
