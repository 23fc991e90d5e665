package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which account is charged for the bytes if a mover and the owner act at once. */
class MeterMoveTest {

    private final Account home = new TestAccount();
    private final Account scope = new TestAccount();
    private final Account otherHome = new TestAccount();
    private final Account measurement = new TestAccount();
    private final Account measured = new Account() {
        @Override
        protected @Nullable Account measurementAccount() {
            return hasEnded ? null : measurement;
        }
    };

    /** Whether the measurement has ended. */
    private boolean hasEnded;

    /** The mover's steps so far: it has changed the home, it has asked the source, and so on. */
    private int steps;

    /** The mover has asked the source, and then its compare-and-set fails. */
    @ParameterizedTest
    @EnumSource
    void scopeIsChargedForItsBytesIfTheOwnerEntersItDuringAMove(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.afterEachStep(() -> {
            if (++steps == 2) {
                thread.enter(scope);
                thread.clock.advance(1, 7);
            }
        });
        thread.attach(otherHome);
        thread.exit();
        assertThat(steps).isGreaterThan(2);
        assertThat(scope.totals().allocatedBytes()).isEqualTo(7);
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
        assertThat(otherHome.totals().allocatedBytes()).isZero();
    }

    /**
     * The mover comes when the scope is open and before the owner has switched. The JVM may count
     * what a thread's buffer holds twice for other threads.
     */
    @ParameterizedTest
    @EnumSource
    void measurementGetsItsBytesIfAMoverReadsTooManyWhileTheOwnerEntersIt(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.clock.misread(1_000);
        attachOnceDuringTheNextStep(thread);
        thread.enter(measured);
        thread.clock.advance(1, 7);
        thread.enter(null);
        assertThat(measurement.totals().allocatedBytes()).isEqualTo(7);
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
    }

    /** Or the JVM may not count it at all. */
    @ParameterizedTest
    @EnumSource
    void measurementGetsItsBytesIfAMoverReadsTooFewWhileTheOwnerLeavesIt(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.enter(measured);
        thread.clock.advance(1, 7);
        thread.clock.misread(-7);
        attachOnceDuringTheNextStep(thread);
        thread.enter(null);
        assertThat(measurement.totals().allocatedBytes()).isEqualTo(7);
        assertThat(measurement.totals().cpuNanos()).isEqualTo(1);
        assertThat(thread.meter.account()).isSameAs(otherHome);
    }

    /** It waits for a CPU where the JVM counts what its buffer holds twice. */
    @ParameterizedTest
    @EnumSource
    void bytesOfARunnableThreadAreNotSettledUnlessItRestsLong(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.clock.misread(1_000);
        Thread runnable = Thread.currentThread();
        assertThat(thread.meter.settleResting(runnable, false)).isFalse();
        thread.meter.moveResting(current -> otherHome, runnable);
        assertThat(home.totals().allocatedBytes()).isZero();
        assertThat(thread.meter.account()).isSameAs(home);
        thread.clock.misread(0);
        assertThat(thread.meter.settleResting(runnable, true)).isTrue();
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
        thread.clock.advance(1, 5);
        assertThat(thread.meter.settleResting(SimulatedThread.NOT_RUNNABLE, false))
                .isTrue();
        assertThat(home.totals().allocatedBytes()).isEqualTo(15);
        thread.meter.moveResting(current -> otherHome, SimulatedThread.NOT_RUNNABLE);
        assertThat(thread.meter.account()).isSameAs(otherHome);
    }

    @ParameterizedTest
    @EnumSource
    void moverMovesAThreadOutOfAnEndedMeasurement(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, measured, 0, 0);
        thread.clock.advance(1, 7);
        hasEnded = true;
        thread.attach(otherHome);
        assertThat(thread.meter.account()).isSameAs(otherHome);
    }

    /** Before it publishes, and when it has charged: the thread may leave in between. */
    @ParameterizedTest
    @EnumSource
    void measurementIsToldBeforeAReaderPublishesAndAfterItCharges(ClockPolicy policy) {
        List<String> told = new ArrayList<>();
        SimulatedThread[] thread = new SimulatedThread[1];
        Account tells = new Account() {
            @Override
            protected void countOutsideCharge(int by) {
                told.add(by + " published " + thread[0].meter.chargedCpuNanos() + " charged "
                        + totals().cpuNanos());
            }
        };
        Account account = new Account() {
            @Override
            protected Account measurementAccount() {
                return tells;
            }
        };
        thread[0] = new SimulatedThread(policy, account, 0, 0);
        thread[0].clock.advance(7, 0);
        thread[0].meter.settle(7);
        assertThat(told).containsExactly("1 published 0 charged 0", "-1 published 7 charged 7");
    }

    private void attachOnceDuringTheNextStep(SimulatedThread thread) {
        thread.afterEachStep(() -> {
            if (++steps == 1) {
                thread.attach(otherHome);
            }
        });
    }
}
