package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a thread has allocated since its last switch, as others see it. */
class RunningBytesTest {

    private static final long BOUND = 1_000;

    private final Account home = new Account();

    /** A thread that never switches allocates more than any heap holds. */
    @Test
    void whatIsBeyondTheBoundIsBelievedWhereTwoReadingsAgree() {
        HandClock clock = new HandClock(0, 0);
        HandMeter meter = new HandMeter(clock, ClockPolicy.EXACT, home, 0, 0);
        clock.advance(0, 10 * BOUND);
        assertThat(meter.runningAllocatedBytes(BOUND)).isEqualTo(10 * BOUND);
        clock.meanwhile(() -> clock.advance(0, BOUND / 2));
        assertThat(meter.runningAllocatedBytes(BOUND)).isGreaterThanOrEqualTo(10 * BOUND);
    }

    @Test
    void whatIsBeyondTheBoundIsNoneWhereTwoReadingsAreFarApart() {
        HandClock clock = new HandClock(0, 0);
        HandMeter meter = new HandMeter(clock, ClockPolicy.EXACT, home, 0, 0);
        clock.advance(0, 10 * BOUND);
        clock.meanwhile(() -> clock.advance(0, 2 * BOUND));
        assertThat(meter.runningAllocatedBytes(BOUND)).isZero();
    }

    @Test
    void readingThatGoesBackIsNone() {
        HandClock clock = new HandClock(0, 0);
        HandMeter meter = new HandMeter(clock, ClockPolicy.EXACT, home, 0, 5_000);
        assertThat(meter.runningAllocatedBytes(BOUND)).isZero();
    }
}
