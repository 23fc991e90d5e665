package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a thread has allocated since its last reading, as a reader estimates it. */
class RunningAllocatedBytesTest {

    private final Account home = new TestAccount();

    @Test
    void bytesSinceTheLastReadingAreRunning() {
        ManualClock clock = new ManualClock(0, 5_000);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 5_000);
        clock.advance(0, 100);
        assertThat(meter.runningAllocatedBytes()).isEqualTo(100);
    }

    @Test
    void decreasingReadingIsDiscarded() {
        ManualClock clock = new ManualClock(0, 0);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 5_000);
        assertThat(meter.runningAllocatedBytes()).isZero();
    }

    @Test
    void bytesThatTheOwnerChargesMeanwhileAreNotRunning() {
        ManualClock clock = new ManualClock(0, 0);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 0);
        clock.advance(1, 100);
        clock.afterReading(() -> {
            clock.afterReading(() -> {});
            meter.settleOwn();
        });
        assertThat(meter.runningAllocatedBytes()).isZero();
        assertThat(home.totals().allocatedBytes()).isEqualTo(100);
    }
}
