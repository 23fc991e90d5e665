package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a thread has allocated and not charged yet, as a reader estimates it. */
class UnchargedBytesTest {

    private final Account home = new TestAccount();
    private final Account other = new TestAccount();

    @Test
    void bytesSinceTheLastReadingAreUncharged() {
        ManualClock clock = new ManualClock(0, 5_000);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 5_000);
        clock.advance(0, 100);
        assertThat(uncharged(meter)).isEqualTo(Map.of(home, 100L));
    }

    @Test
    void decreasingReadingIsDiscarded() {
        ManualClock clock = new ManualClock(0, 0);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 5_000);
        assertThat(uncharged(meter)).isEmpty();
    }

    @Test
    void bytesThatTheOwnerChargesMeanwhileAreNotReported() {
        ManualClock clock = new ManualClock(0, 0);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 0);
        clock.advance(1, 100);
        clock.afterReading(() -> {
            clock.afterReading(() -> {});
            meter.settleOwn();
        });
        assertThat(uncharged(meter)).isEmpty();
        assertThat(home.totals().allocatedBytes()).isEqualTo(100);
    }

    @Test
    void bytesBeforeAMoveBelongToTheFirstAccount() {
        ManualClock clock = new ManualClock(0, 0);
        Meter meter = new ManualMeter(clock, ClockPolicy.EXACT, home, 0, 0);
        clock.advance(1, 100);
        meter.moveTo(account -> other);
        clock.advance(1, 30);
        assertThat(uncharged(meter)).isEqualTo(Map.of(home, 100L, other, 30L));
    }

    @Test
    void reportedBytesDoNotFall() {
        MutableUsage sum = new MutableUsage();
        MutableUsage change = new MutableUsage();
        home.chargeAllocated(10);
        sum.read(home.totals(), 0, 0, AccountTotals.LATEST_PHASE);
        assertThat(sum.addUncharged(40, change)).isTrue();
        assertThat(allocated(change)).isEqualTo(40);
        home.chargeAllocated(7);
        sum.read(home.totals(), 0, 0, AccountTotals.LATEST_PHASE);
        assertThat(sum.addUncharged(20, change)).isFalse();
        assertThat(allocated(sum)).isEqualTo(50);
    }

    private static long allocated(MutableUsage sum) {
        return sum.toUsage(true, true).allocatedBytes();
    }

    private static Map<Account, Long> uncharged(Meter meter) {
        Map<Account, Long> bytes = new IdentityHashMap<>();
        meter.forEachUncharged((account, more) -> bytes.merge(account, more, Long::sum));
        return bytes;
    }
}
