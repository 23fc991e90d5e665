package io.corral.report.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HierarchyHistoryTest {

    private static final long SECOND = 1_000_000_000;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final HierarchyHistory hierarchy = new HierarchyHistory();
    private final TimeAxis axis = TimeAxis.of(0, 10 * SECOND);

    @Test
    void recordingOfTenSecondsHasTenBuckets() {
        assertThat(axis).isEqualTo(new TimeAxis(0, SECOND, 10));
        assertThat(TimeAxis.of(0, 10 * SECOND + 1).count()).isEqualTo(10);
        assertThat(TimeAxis.of(5, 5)).isEqualTo(new TimeAxis(5, SECOND, 1));
    }

    @Test
    void longRecordingHasAtMost256Buckets() {
        TimeAxis long1 = TimeAxis.of(0, 100_000 * SECOND + 7);
        assertThat(long1.count()).isBetween(200, 256);
        assertThat(long1.bucket(100_000 * SECOND + 7)).isEqualTo(long1.count() - 1);
        assertThat(long1.bucket(-5)).isZero();
    }

    @Test
    void usageIsSpreadOverTheTimeSinceThePreviousReading() {
        at(0, "/a", 100);
        at(5, "/b", 7);
        at(6, "/a", 300);
        assertThat(own("/a")).isEqualTo(new double[] {0, 0, 0, 0, 0, 200, 0, 0, 0, 0});
    }

    @Test
    void childrenAreSubtractedFromTheirParentExceptTheJvmsOwn() {
        at(0, "/jvm", 10);
        at(0, "/jvm/gc", 1000);
        at(0, "/jvm/corral", 5);
        at(1, "/jvm", 40);
        at(1, "/jvm/gc", 3000);
        at(1, "/jvm/corral", 15);
        assertThat(sum("/jvm")).isCloseTo(20, within(1e-6));
        assertThat(sum("/jvm/gc")).isCloseTo(2000, within(1e-6));
        assertThat(sum("/jvm/corral")).isCloseTo(10, within(1e-6));
    }

    @Test
    void containerCreatedDuringTheRecordingBeginsAtZero() {
        at(0, "/", 0);
        hierarchy.container("/new").markCreated(SECOND / 2);
        at(2, "/new", 30);
        at(2, "/old", 30);
        assertThat(sum("/new")).isCloseTo(30, within(1e-6));
        assertThat(sum("/old")).isZero();
    }

    /** Corral's first reading can be later than the beginning of the recording. */
    @Test
    void containerOfTheFirstReadingGrowsFromItAsItsParentDoes() {
        hierarchy.container("/new").markCreated(SECOND / 2);
        at(1, "/", 100);
        at(1, "/new", 80);
        at(2, "/", 130);
        at(2, "/new", 100);
        assertThat(hierarchy.container("/").cpuNanos()).isEqualTo(30);
        assertThat(hierarchy.container("/new").cpuNanos()).isEqualTo(20);
        assertThat(sum("/new")).isCloseTo(20, within(1e-6));
    }

    @Test
    void recreatedContainerThatUsesMoreBeginsAtZeroToo() {
        at(0, "/", 0);
        hierarchy.container("/a").markCreated(SECOND / 2);
        at(1, "/a", 100);
        hierarchy.container("/a").markCreated(3 * SECOND / 2);
        at(2, "/a", 130);
        assertThat(sum("/a")).isCloseTo(230, within(1e-6));
        assertThat(hierarchy.container("/a").cpuNanos()).isEqualTo(230);
    }

    @Test
    void recreatedContainerBeginsAtZero() {
        at(0, "/a", 100);
        at(2, "/a", 10);
        at(3, "/a", 15);
        assertThat(sum("/a")).isCloseTo(15, within(1e-6));
    }

    @Test
    void unknownReadingIsIgnored() {
        at(0, "/a", UNKNOWN);
        at(1, "/a", 5);
        at(2, "/a", 6);
        assertThat(sum("/a")).isCloseTo(1, within(1e-6));
    }

    @Test
    void queuedTimeOfChildrenIsSubtracted() {
        assertThat(hierarchy.isQueuedKnown()).isFalse();
        for (long second = 0; second < 2; second++) {
            hierarchy.tick(second * SECOND);
            hierarchy.container("/").addQueued(second * SECOND, 500 * second);
            hierarchy.container("/a").addQueued(second * SECOND, 300 * second);
            hierarchy.container("/").addWaits(second * SECOND, 9 * second);
            hierarchy.container("/a").addWaits(second * SECOND, 4 * second);
        }
        assertThat(hierarchy.isQueuedKnown()).isTrue();
        assertThat(Arrays.stream(hierarchy.ownQueued(axis).get("/")).sum())
                .isCloseTo(200, within(1e-6));
        assertThat(Arrays.stream(hierarchy.ownWaits(axis).get("/")).sum())
                .isCloseTo(5, within(1e-6));
    }

    @Test
    void hierarchyNewerThanTheRecordingHasTheTotalsOfMain() {
        at(0, "/", 100);
        at(1, "/", 200);
        HierarchyHistory newer = new HierarchyHistory(hierarchy);
        newer.container("/new").markCreated(SECOND / 2);
        newer.container("/new").addTotals(2 * SECOND, 30, 0, 0);
        at(2, "/", 240);
        assertThat(newer.ownCpu(axis).get("/")).startsWith(100, 10, 0);
        assertThat(newer.ownCpu(axis).get("/new")).startsWith(0, 30, 0);
    }

    private void at(long seconds, String path, long cpuNanos) {
        hierarchy.tick(seconds * SECOND);
        hierarchy.container(path).addTotals(seconds * SECOND, cpuNanos, 0, 0);
    }

    private double[] own(String path) {
        double[] rounded = hierarchy.ownCpu(axis).get(path);
        Arrays.setAll(rounded, i -> Math.round(rounded[i]));
        return rounded;
    }

    private double sum(String path) {
        return Arrays.stream(hierarchy.ownCpu(axis).get(path)).sum();
    }
}
