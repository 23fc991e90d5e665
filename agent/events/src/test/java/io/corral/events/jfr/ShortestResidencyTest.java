package io.corral.events.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShortestResidencyTest {

    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ShortestResidency shortest = new ShortestResidency();
    private long now = System.nanoTime();

    @Test
    void recordsEachWhileThereAreFew() {
        assertThat(recordedIn(SECOND, SECOND / 1_000, 0)).isEqualTo(1_000);
    }

    @Test
    void boundsTheRateAndPrefersLongOnes() {
        recordedIn(SECOND, 2 * MICRO, MICRO);

        assertThat(recordedIn(SECOND, 2 * MICRO, MICRO)).isBetween(10, 3_000);
        assertThat(recordedIn(SECOND / 10, SECOND / 100, 100 * MICRO)).isEqualTo(10);
    }

    @Test
    void boundsTheRateOfLongOnesToo() {
        recordedIn(SECOND, 10 * MICRO, SECOND / 100);

        assertThat(recordedIn(SECOND, 10 * MICRO, SECOND / 100)).isBetween(10, 3_000);
    }

    @Test
    void recordsShortOnesAgainAfterABurst() {
        recordedIn(SECOND, 2 * MICRO, MICRO);
        recordedIn(2 * SECOND, SECOND / 100, MICRO);

        assertThat(recordedIn(SECOND, SECOND / 100, MICRO)).isEqualTo(100);
    }

    @Test
    void recordsAllThatReachAThreshold() {
        shortest.threshold(200 * MICRO);

        assertThat(recordedIn(SECOND, 20 * MICRO, 200 * MICRO)).isEqualTo(50_000);
        assertThat(recordedIn(SECOND, 20 * MICRO, 199 * MICRO)).isLessThan(10_000);
    }

    /** Ends a residency of this length each {@code apart}, and counts those to be recorded. */
    private int recordedIn(long nanos, long apart, long length) {
        int recorded = 0;
        for (long end = now + nanos; now < end; now += apart) {
            recorded += shortest.admits(length, now) ? 1 : 0;
        }
        return recorded;
    }
}
