package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader that comes between an owner's publishing and charging. Seen to fail with one that does not wait, and
 * with one that waits until the owner is done for good.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderPatienceTest {

    private static final int READINGS = 200_000;

    /** Longer than a test may take. */
    private static final long ENDLESS_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Account home = new MeterSchedule.TestAccount();
    private final Account other = new MeterSchedule.TestAccount();
    private final HandClock clock = new HandClock(0, 0);

    /** Counted down where a reader is about to wait. */
    private final CountDownLatch waits = new CountDownLatch(1);

    /** The stretch between a switch and its charge lies in neither account. */
    @ParameterizedTest
    @EnumSource
    void whatWasUsedBeforeAReadingIsInIt(ClockPolicy policy) throws Exception {
        HandMeter meter = patient(policy);
        AtomicBoolean over = new AtomicBoolean();
        Thread owner = start(() -> {
            while (!over.get()) {
                clock.advance(100, 1);
                meter.workFor(other);
                clock.advance(100, 1);
                meter.workFor(home);
            }
        });
        long missed = 0;
        for (int i = 0; i < READINGS; i++) {
            long used = clock.cpuNanos();
            meter.settle();
            long charged = home.totals().cpuNanos() + other.totals().cpuNanos();
            missed = Math.max(missed, used - charged);
        }
        over.set(true);
        owner.join();
        assertThat(missed).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readerWaitsForTheChargeAndNotForTheOwnersNext(ClockPolicy policy) throws Exception {
        HandMeter meter = patient(policy);
        meter.publishSpareToCharge(meter.state(), 0);
        waitsUntil(
                () -> {
                    meter.endCharge();
                    meter.publishSpareToCharge(meter.state(), 0);
                },
                meter::settle);
    }

    @Test
    void readerThatComesAfterTheEndWaitsForTheLastCharge() throws Exception {
        HandMeter meter = patient(ClockPolicy.EXACT);
        meter.closeWithSpareToCharge(meter.state());
        waitsUntil(meter::endCharge, meter::settle);
    }

    @Test
    void readerWaitsForAMoversCharge() throws Exception {
        HandMeter meter = justMoved();
        waitsUntil(meter::endChargeFromOutside, meter::settle);
    }

    /** Also where it is its own thread that was moved. */
    @Test
    void readerOfItsOwnUsageWaitsForAMoversCharge() throws Exception {
        HandMeter meter = justMoved();
        waitsUntil(meter::endChargeFromOutside, meter::settleAsOwner);
    }

    /** What a thread has allocated is charged, or running. */
    @Test
    void readerOfRunningBytesWaitsForWhoHasSwitched() throws Exception {
        HandMeter meter = patient(ClockPolicy.EXACT);
        clock.advance(0, 10);
        meter.publishSpareToCharge(meter.state(), 0);
        waitsUntil(meter::endCharge, () -> meter.runningAllocatedBytes(Long.MAX_VALUE));
    }

    @Test
    void ownerThatSettlesForItselfWaitsForNobody() {
        HandMeter meter = justMoved();
        clock.advance(10, 0);
        meter.settleOwn();
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    /** As one that a debugger has suspended. */
    @ParameterizedTest
    @EnumSource
    void readerGoesOnWithoutAnOwnerThatStandsStill(ClockPolicy policy) {
        HandMeter meter = new HandMeter(clock, policy, home, 0, 0);
        meter.publishSpareToCharge(meter.state(), 0);
        clock.advance(10, 0);
        meter.settle();
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void attemptThatFailedKeepsNobodyWaiting(ClockPolicy policy) {
        HandMeter meter = patient(policy);
        long old = meter.state();
        clock.advance(10, 0);
        meter.settle();
        assertThat(meter.publishSpareToCharge(old, 0)).isFalse();
        assertThat(meter.closeWithSpareToCharge(old)).isFalse();
        meter.settle();
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    /** The mover has not charged yet. */
    private HandMeter justMoved() {
        HandMeter meter = patient(ClockPolicy.EXACT);
        assertThat(meter.publishFromOutside(meter.state(), other, 0, 0, null, 0))
                .isTrue();
        return meter;
    }

    private HandMeter patient(ClockPolicy policy) {
        return new HandMeter(clock, policy, home, 0, 0) {
            @Override
            long patienceNanos() {
                waits.countDown();
                return ENDLESS_NANOS;
            }
        };
    }

    private void waitsUntil(Runnable charged, Runnable reading) throws InterruptedException {
        Thread reader = start(reading);
        waits.await();
        assertThat(reader.isAlive()).isTrue();

        charged.run();
        reader.join();
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
