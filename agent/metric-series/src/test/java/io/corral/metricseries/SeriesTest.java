package io.corral.metricseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The series against a ledger that is kept by hand. */
class SeriesTest {

    private static int ledgers;

    private final Ledger ledger = new Ledger("series-" + ledgers++);
    private final Container root = ledger.hierarchy.root();

    /** CPU time at the last reading, by container. */
    private final Map<String, Long> last = new HashMap<>();

    private long lastRemoved;

    /** The sum of what the series have grown by, as a monitoring system sees it. */
    private long grown;

    /** What the first reading had. */
    private long first;

    /** The number of the last reading that the reader of the series has got. */
    private long delivered;

    private long read(Series series, String container) {
        read(series);
        return last.getOrDefault(container, -1L);
    }

    /** Reads, and compares with the reading before. The reading is delivered. */
    private Reading read(Series series) {
        Reading reading = readWithoutDelivery(series);
        series.delivered(reading);
        delivered = reading.number();
        return reading;
    }

    private Reading readWithoutDelivery(Series series) {
        Reading reading = series.read(ledger.snapshot(), (number, nanoTime) -> number <= delivered);
        Map<String, Long> now = new HashMap<>();
        long sum = 0;
        for (Point point : reading.containers()) {
            long nanos = point.amounts().cpuNanos();
            assertThat(point.amounts().allocatedBytes()).isEqualTo(10 * nanos);
            assertThat(point.amounts().queuedNanos()).isEqualTo(3 * nanos);
            assertThat(point.amounts().waits()).isEqualTo(2 * nanos);
            assertThat(now.put(point.container(), nanos)).isNull();
            assertThat(nanos).isNotNegative();
            sum += nanos;
            Long before = last.get(point.container());
            if (before != null) {
                assertThat(nanos).as(point.container()).isGreaterThanOrEqualTo(before);
                grown += nanos - before;
            } else if (!last.isEmpty()) {
                // The first value of a series has no rate.
                assertThat(nanos).as(point.container()).isZero();
            }
        }
        long removed = reading.removed().get(0).amounts().cpuNanos();
        assertThat(removed).isGreaterThanOrEqualTo(lastRemoved);
        long hidden = ledger.totalNanos - sum - removed;
        if (last.isEmpty()) {
            first = ledger.totalNanos;
        }
        if (series.isWhole()) {
            assertThat(hidden).isZero();
            assertThat(grown).isEqualTo(ledger.totalNanos - first);
        } else {
            assertThat(hidden).isNotNegative();
            assertThat(grown).isLessThanOrEqualTo(ledger.totalNanos - first);
        }
        last.clear();
        last.putAll(now);
        lastRemoved = removed;
        return reading;
    }

    @Test
    void firstReadingHasWhatEachContainerUsedItself() {
        Container parent = ledger.create(root, "tenants");
        Container child = ledger.create(parent, "acme");
        ledger.charge(root, 1);
        ledger.charge(parent, 10);
        ledger.charge(child, 100);
        read(new Series(100));
        assertThat(last)
                .isEqualTo(Map.of("/", 1L, "/tenants", 10L, "/tenants/acme", 100L, "other", 0L));
    }

    @Test
    void newContainerIsZeroFirstAndWholeFromTheNextReadingOn() {
        Series series = new Series(100);
        read(series);
        Container late = ledger.create(root, "late");
        ledger.charge(late, 100);
        assertThat(read(series, "/late")).isZero();
        assertThat(last.get("other")).isZero();
        assertThat(series.isWhole()).isFalse();
        ledger.charge(late, 20);
        assertThat(read(series, "/late")).isEqualTo(120);
        assertThat(last.get("other")).isZero();
        assertThat(series.isWhole()).isTrue();
    }

    @Test
    void newContainerStaysZeroUntilThatIsDelivered() {
        Series series = new Series(100);
        read(series);
        Container late = ledger.create(root, "late");
        ledger.charge(late, 100);
        readWithoutDelivery(series);
        assertThat(read(series, "/late")).isZero();
        assertThat(read(series, "/late")).isEqualTo(100);
    }

    @Test
    void liveThreadsOfANewContainerAreShownAtOnce() {
        Series series = new Series(100);
        read(series);
        Container late = ledger.create(root, "late");
        // The ledger makes threads of it.
        ledger.charge(late, 5);
        Reading reading = read(series);
        assertThat(reading.containers())
                .filteredOn(each -> each.container().equals("/late"))
                .extracting(Point::amounts)
                .containsExactly(new Amounts(0, 0, 0, 0, 0, 0, 3, 0));
    }

    @Test
    void newContainerThatIsRemovedBeforeItIsShownCountsInOther() {
        Series series = new Series(100);
        read(series);
        Container late = ledger.create(root, "late");
        ledger.charge(late, 100);
        assertThat(read(series, "/late")).isZero();
        ledger.charge(late, 5);
        ledger.remove(late);
        read(series);
        assertThat(last).doesNotContainKey("/late").containsEntry("other", 105L);
        assertThat(lastRemoved).isZero();
    }

    @Test
    void containerThatIsRemovedAndMadeAgainWithinAReadingKeepsItsSeries() {
        Series series = new Series(100);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100);
        assertThat(read(series, "/acme")).isEqualTo(100);
        ledger.charge(acme, 5);
        ledger.remove(acme);
        acme = ledger.create(root, "acme");
        ledger.charge(acme, 20);
        assertThat(read(series, "/acme")).isEqualTo(120);
        assertThat(last).containsEntry("other", 5L);
        ledger.charge(acme, 3);
        assertThat(read(series, "/acme")).isEqualTo(123);
        ledger.remove(acme);
        read(series);
        assertThat(lastRemoved).isEqualTo(123);
    }

    @Test
    void newContainerThatIsRemovedAndMadeAgainIsZeroOnlyFirst() {
        Series series = new Series(100);
        read(series);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100);
        assertThat(read(series, "/acme")).isZero();
        ledger.remove(acme);
        ledger.charge(ledger.create(root, "acme"), 20);
        assertThat(read(series, "/acme")).isEqualTo(120);
    }

    @Test
    void containerThatIsMadeAgainAfterAReadingIsZeroFirst() {
        Series series = new Series(100);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100);
        read(series);
        ledger.remove(acme);
        read(series);
        ledger.charge(ledger.create(root, "acme"), 20);
        assertThat(read(series, "/acme")).isZero();
        assertThat(read(series, "/acme")).isEqualTo(20);
        assertThat(lastRemoved).isEqualTo(100);
    }

    /** No reader has seen it in the container's series. */
    @Test
    void undeliveredUsageOfARemovedContainerCountsInOther() {
        Series series = new Series(100);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100);
        read(series);
        ledger.charge(acme, 30);
        series.read(ledger.snapshot(), (number, nanoTime) -> number <= delivered);
        ledger.remove(acme);
        read(series);
        assertThat(lastRemoved).isEqualTo(100);
        assertThat(last).containsEntry("other", 30L);
    }

    @Test
    void deliveryOfAnOlderReadingDoesNotReplaceThatOfALaterOne() {
        Series series = new Series(100);
        Container acme = ledger.create(root, "acme");
        ledger.charge(acme, 100);
        Reading older = read(series);
        ledger.charge(acme, 30);
        read(series);
        series.delivered(older);
        ledger.remove(acme);
        read(series);
        assertThat(lastRemoved).isEqualTo(130);
    }

    @Test
    void containersOfALaterHierarchyAreZeroFirst() {
        Series series = new Series(100);
        series.delivered(series.read(ledger.snapshot(), (number, nanoTime) -> true));
        Ledger later = new Ledger("series-" + ledgers++);
        later.charge(later.hierarchy.root(), 1_000);
        later.charge(later.create(later.hierarchy.root(), "acme"), 100);
        Snapshot both = Ledger.both(ledger.snapshot(), later.snapshot());
        assertThat(series.read(both, (number, nanoTime) -> true).containers())
                .filteredOn(each -> each.hierarchy().equals(later.hierarchy.name()))
                .extracting(each -> each.container() + " " + each.amounts().cpuNanos())
                .containsExactlyInAnyOrder("/ 1000", "/acme 0", "other 0");
        assertThat(series.read(both, (number, nanoTime) -> true).containers())
                .extracting(each -> each.container() + " " + each.amounts().cpuNanos())
                .contains("/acme 100");
    }

    @Test
    void readersAreAskedWithTheReadingThatHadTheZero() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE);
        Series series = new Series(100, now::get);
        series.read(ledger.snapshot(), (number, nanoTime) -> true);
        ledger.create(root, "late");
        now.addAndGet(5);
        series.read(ledger.snapshot(), (number, nanoTime) -> true);
        now.addAndGet(5);
        List<String> asked = new ArrayList<>();
        series.read(
                ledger.snapshot(),
                (number, nanoTime) -> asked.add(number + " " + (now.get() - nanoTime)));
        assertThat(asked).containsExactly("2 5");
    }

    @Test
    void usageOfARemovedContainerIsNotAddedToItsParent() {
        Series series = new Series(100);
        Container parent = ledger.create(root, "tenants");
        Container child = ledger.create(parent, "acme");
        ledger.charge(parent, 10);
        ledger.charge(child, 100);
        read(series);
        ledger.charge(child, 5);
        ledger.remove(child);
        assertThat(read(series, "/tenants")).isEqualTo(10);
        assertThat(last).doesNotContainKey("/tenants/acme");
        assertThat(lastRemoved).isEqualTo(100);
        assertThat(last.get("other")).isEqualTo(5);
        ledger.chargeRemoved(parent, 7);
        assertThat(read(series, "/tenants")).isEqualTo(10);
        assertThat(last.get("other")).isEqualTo(12);
    }

    @Test
    void containersRemovedBeforeTheFirstReadingAreNotInOther() {
        Container gone = ledger.create(root, "gone");
        ledger.charge(gone, 100);
        ledger.remove(gone);
        read(new Series(100));
        assertThat(last).isEqualTo(Map.of("/", 0L, "other", 0L));
        assertThat(lastRemoved).isEqualTo(100);
    }

    @Test
    void containersBeyondTheBoundAreInOther() {
        List<Container> all = tenants(10);
        Series series = new Series(5);
        read(series);
        // The bound includes "other".
        assertThat(last).hasSize(5).containsKeys("/t9", "/t8", "/t7", "/t6", "other");
        ledger.remove(all.get(9));
        ledger.charge(all.get(5), 1_000);
        long other = last.get("other");
        // It has the place of the removed one, and begins with what it uses from now on.
        assertThat(read(series, "/t5")).isZero();
        assertThat(last.get("other")).isEqualTo(other + 1_000);
        ledger.charge(all.get(5), 3);
        assertThat(read(series, "/t5")).isEqualTo(3);
        assertThat(last).hasSize(5);
    }

    /** Whatever comes and goes, no counter falls, and the sums are those of the ledger. */
    @Test
    void ratesAreExactWhileTenThousandTenantsComeAndGo() {
        Series series = new Series(2_000);
        Random chance = new Random(1);
        List<Container> live = tenants(10_000);
        read(series);
        int made = live.size();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 2_000; i++) {
                int at = chance.nextInt(live.size());
                Container each = live.get(at);
                ledger.charge(each, chance.nextInt(100));
                if (chance.nextInt(4) == 0) {
                    ledger.remove(each);
                    live.set(at, ledger.create(root, "t" + made++));
                }
            }
            read(series);
            assertThat(last).hasSizeLessThanOrEqualTo(2_000);
        }
        read(series);
        assertThat(series.isWhole()).isTrue();
        assertThat(last).hasSize(2_000);
    }

    @Test
    void gcTimeIsDividedInProportionToAllocationSinceTheLastReading() {
        Container acme = ledger.create(root, "acme");
        Container globex = ledger.create(root, "globex");
        Series series = new Series(100);
        ledger.charge(acme, 10);
        ledger.gcNanos = 1_000;
        assertThat(gc(series))
                .isEqualTo(Map.of("/", 0L, "/acme", 1_000L, "/globex", 0L, "other", 0L));
        ledger.charge(acme, 10);
        ledger.charge(globex, 30);
        ledger.gcNanos = 1_400;
        assertThat(gc(series)).containsEntry("/acme", 1_100L).containsEntry("/globex", 300L);
        ledger.gcNanos = 1_500;
        assertThat(gc(series)).containsEntry("/acme", 1_100L).containsEntry("/globex", 300L);
        ledger.charge(globex, 1);
        assertThat(gc(series)).containsEntry("/globex", 400L);
    }

    /** Whatever comes and goes, no counter falls, and the sum is the collector's time. */
    @Test
    void gcEstimatesAddUpToTheGcTimeWhileTenantsComeAndGo() {
        Random chance = new Random(1);
        List<Container> live = tenants(100);
        Series series = new Series(50);
        Map<String, Long> before = new HashMap<>();
        int made = live.size();
        for (int round = 0; round < 200; round++) {
            int at = chance.nextInt(live.size());
            ledger.charge(live.get(at), 1 + chance.nextInt(100));
            ledger.gcNanos += chance.nextInt(1_000_000);
            if (chance.nextBoolean()) {
                ledger.remove(live.get(at));
                live.set(at, ledger.create(root, "t" + made++));
            }
            Reading reading = series.read(ledger.snapshot(), (number, nanoTime) -> true);
            series.delivered(reading);
            long sum = reading.removed().get(0).amounts().gcNanos();
            for (Point point : reading.containers()) {
                long nanos = point.amounts().gcNanos();
                sum += nanos;
                assertThat(nanos)
                        .as(point.container())
                        .isGreaterThanOrEqualTo(before.getOrDefault(point.container(), 0L));
                before.put(point.container(), nanos);
            }
            assertThat(sum).isLessThanOrEqualTo(ledger.gcNanos);
            if (series.isWhole()) {
                assertThat(sum).isEqualTo(ledger.gcNanos);
            }
        }
    }

    private Map<String, Long> gc(Series series) {
        Map<String, Long> all = new HashMap<>();
        read(series)
                .containers()
                .forEach(point -> all.put(point.container(), point.amounts().gcNanos()));
        return all;
    }

    private List<Container> tenants(int count) {
        List<Container> tenants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tenants.add(ledger.create(root, "t" + i));
            ledger.charge(tenants.get(i), i);
        }
        return tenants;
    }
}
