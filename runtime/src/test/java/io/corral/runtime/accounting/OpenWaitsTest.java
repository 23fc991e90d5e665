package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The sum of the terms of open waits against a ledger. */
class OpenWaitsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Two ticks. */
    private static final long RESOLUTION = 1L << 19;

    private final long start = System.nanoTime();

    @Test
    void numberAndDurationOfOpenWaitsAreFound() {
        Random random = new Random(1);
        long sum = 0;
        long durations = 0;
        long now = start + 1_000 * SECOND;
        for (int waits = 0; waits < 10_000; waits++) {
            assertThat(OpenWaits.count(sum, now)).isEqualTo(waits);
            assertThat(OpenWaits.nanos(sum, now))
                    .isBetween(Math.max(durations - waits * RESOLUTION, 0), durations);
            long since = start + random.nextLong(1_000 * SECOND);
            sum += OpenWaits.term(since);
            durations += now - since;
        }
    }

    @Test
    void waitThatBeginsNowHasNoDuration() {
        long sum = OpenWaits.term(start);
        assertThat(OpenWaits.count(sum, start)).isEqualTo(1);
        assertThat(OpenWaits.nanos(sum, start)).isZero();
    }

    @Test
    void noOpenWaitIsLeftAfterTheLastHasEnded() {
        long sum = OpenWaits.term(start) + OpenWaits.term(start + 5) - OpenWaits.term(start + 5);
        sum -= OpenWaits.term(start);
        assertThat(sum).isZero();
        assertThat(OpenWaits.count(sum, start + SECOND)).isZero();
        assertThat(OpenWaits.nanos(sum, start + SECOND)).isZero();
    }

    @Test
    void millionWaitsOfThreeMinutesAreFound() {
        long waits = 1_000_000;
        long sum = waits * OpenWaits.term(start);
        long now = start + 180 * SECOND;
        assertThat(OpenWaits.count(sum, now)).isEqualTo(waits);
        assertThat((double) OpenWaits.nanos(sum, now) / waits)
                .isCloseTo(180.0 * SECOND, within((double) RESOLUTION));
    }

    /** The reader has seen the end of a wait in one cell, and had read the other cell before. */
    @Test
    void endWithoutItsBeginningIsMissedAndChangesNothingElse() {
        long now = start + 10 * SECOND;
        long missed = -OpenWaits.term(now - SECOND);
        assertThat(OpenWaits.count(missed, now)).isZero();
        assertThat(OpenWaits.nanos(missed, now)).isZero();
        long sum = OpenWaits.term(start) + OpenWaits.term(start) + missed;
        assertThat(OpenWaits.count(sum, now)).isEqualTo(1);
        assertThat(OpenWaits.nanos(sum, now))
                .isBetween(19 * SECOND - 3 * RESOLUTION, 19 * SECOND + RESOLUTION);
        long onlyShort = OpenWaits.term(now) + missed;
        assertThat(OpenWaits.count(onlyShort, now)).isZero();
        assertThat(OpenWaits.nanos(onlyShort, now)).isZero();
    }
}
