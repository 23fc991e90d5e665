package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.WITH_READING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader that comes after a reading was published and before it is charged. The tests were seen
 * to fail with a reader that does not wait, and with one that waits until the owner charges
 * nothing.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChargeWaitTest {

    private static final int READINGS = 200_000;

    /** Longer than a test may take. */
    private static final long ENDLESS_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Account home = new TestAccount();
    private final Account other = new TestAccount();
    private final ManualClock clock = new ManualClock(0, 0);

    /** Counted down once a reader waits. */
    private final CountDownLatch waits = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource
    void readingContainsAllThatWasUsedBeforeIt(ClockPolicy policy) throws Exception {
        ManualMeter meter = patient(policy);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread owner = start(() -> {
            while (!stopped.get()) {
                clock.advance(100, 1);
                meter.workFor(other);
                clock.advance(100, 1);
                meter.workFor(home);
            }
        });
        long missed = 0;
        for (int i = 0; i < READINGS; i++) {
            long used = clock.cpuNanos();
            meter.settle(meter.cpuNanos());
            long charged = home.totals().cpuNanos() + other.totals().cpuNanos();
            missed = Math.max(missed, used - charged);
        }
        stopped.set(true);
        owner.join();
        assertThat(missed).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readerWaitsForTheOwnersChargeAndNotForItsNextOne(ClockPolicy policy) throws Exception {
        ManualMeter meter = patient(policy);
        publish(meter, meter.state());
        assertReaderWaitsUntil(
                () -> {
                    meter.publication.endCharge();
                    publish(meter, meter.state());
                },
                () -> meter.settle(meter.cpuNanos()));
    }

    @Test
    void readerAfterTheThreadsEndWaitsForItsLastCharge() throws Exception {
        ManualMeter meter = patient(ClockPolicy.EXACT);
        close(meter, meter.state());
        assertReaderWaitsUntil(meter.publication::endCharge, () -> meter.settle(meter.cpuNanos()));
    }

    @Test
    void readerWaitsForAMoversCharge() throws Exception {
        ManualMeter meter = justMoved();
        assertReaderWaitsUntil(
                meter.publication::endChargeFromOutside, () -> meter.settle(meter.cpuNanos()));
    }

    @Test
    void readerOfItsOwnMeterWaitsForAMoversCharge() throws Exception {
        ManualMeter meter = justMoved();
        assertReaderWaitsUntil(meter.publication::endChargeFromOutside, meter::settleAsOwner);
    }

    /** A measured task has returned: a measurement counts the charges that outsiders owe it. */
    @Test
    void measurementWaitsForAnOutsidersCharge() throws Exception {
        AtomicInteger charges = new AtomicInteger(1);
        Thread reader = start(() -> ChargeWait.until(charges, ENDLESS_NANOS));
        while (reader.isAlive() && !isIn("until", reader)) {
            Thread.onSpinWait();
        }
        assertThat(reader.isAlive()).isTrue();
        charges.set(0);
        reader.join();
    }

    /** The thread has ended since, so no reader finds its meter. */
    @Test
    void moversChargeOfAnEndedThreadIsCountedUntilItIsMade() throws Exception {
        CountDownLatch charges = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicReference<Meter> moved = new AtomicReference<>();
        Account charged = new Account() {
            @Override
            protected @Nullable Account measurementAccount() {
                Meter meter = moved.get();
                if (meter != null && meter.publication.isChargedFromOutside()) {
                    charges.countDown();
                    awaitUninterruptibly(goesOn);
                }
                return null;
            }
        };
        ManualMeter meter = new ManualMeter(clock, ClockPolicy.EXACT, charged, 0, 0);
        moved.set(meter);
        clock.advance(10, 0);
        Thread mover = start(() -> meter.moveTo(from -> home));
        charges.await();
        meter.close();
        assertThat(ChargeWait.OUTSIDERS.get()).isEqualTo(1);

        goesOn.countDown();
        mover.join();
        assertThat(ChargeWait.OUTSIDERS.get()).isZero();
        assertThat(charged.totals().cpuNanos()).isEqualTo(10);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static boolean isIn(String method, Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void ownerDoesNotWaitForAMoversCharge() {
        ManualMeter meter = justMoved();
        clock.advance(10, 0);
        meter.settleOwn();
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    /** A debugger has suspended it, for example. */
    @ParameterizedTest
    @EnumSource
    void readerGivesUpIfTheOwnerIsSuspended(ClockPolicy policy) {
        ManualMeter meter = new ManualMeter(clock, policy, home, 0, 0);
        publish(meter, meter.state());
        clock.advance(10, 0);
        meter.settle(meter.cpuNanos());
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void readerDoesNotWaitForAnAttemptThatFailed(ClockPolicy policy) {
        ManualMeter meter = patient(policy);
        long stale = meter.state();
        clock.advance(10, 0);
        meter.settle(meter.cpuNanos());
        assertThat(publish(meter, stale)).isFalse();
        assertThat(close(meter, stale)).isFalse();
        meter.settle(meter.cpuNanos());
        assertThat(meter.chargedCpuNanos()).isEqualTo(10);
    }

    private boolean publish(ManualMeter meter, long before) {
        return meter.publication.publish(before, WITH_READING, home, 0, 0);
    }

    private boolean close(ManualMeter meter, long before) {
        return meter.publication.close(before, home, 0, 0);
    }

    /** The mover has published and not charged yet. */
    private ManualMeter justMoved() {
        ManualMeter meter = patient(ClockPolicy.EXACT);
        assertThat(meter.publication.publishFromOutside(meter.state(), other, 0, 0, null))
                .isTrue();
        return meter;
    }

    private ManualMeter patient(ClockPolicy policy) {
        return new ManualMeter(clock, policy, home, 0, 0) {
            @Override
            long patienceNanos() {
                waits.countDown();
                return ENDLESS_NANOS;
            }
        };
    }

    private void assertReaderWaitsUntil(Runnable charged, Runnable reading)
            throws InterruptedException {
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
