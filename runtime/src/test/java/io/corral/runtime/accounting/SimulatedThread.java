package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** A simulated thread: a test advances its clocks and calls its steps from any thread. */
final class SimulatedThread implements AccountSource {

    /** A thread that is not runnable. */
    static final Thread NOT_RUNNABLE = new Thread();

    final ManualClock clock;
    final Meter meter;
    private final long firstCpuNanos;
    private final long firstAllocatedBytes;
    private Runnable afterStep = () -> {};

    /** Written by movers. */
    private volatile Account home;

    /** Written by the owner. */
    private volatile @Nullable Account entered;

    SimulatedThread(
            ClockPolicy policy, Account home, long firstCpuNanos, long firstAllocatedBytes) {
        this.home = home;
        this.firstCpuNanos = firstCpuNanos;
        this.firstAllocatedBytes = firstAllocatedBytes;
        this.clock = new ManualClock(firstCpuNanos, firstAllocatedBytes);
        this.meter = new ManualMeter(clock, policy, home, firstCpuNanos, firstAllocatedBytes);
    }

    /** Runs after each reading of a clock and each answer of the source, before its use. */
    void afterEachStep(Runnable others) {
        afterStep = others;
        clock.afterReading(others);
    }

    @Override
    public Account account(Account current) {
        Account now = worksFor();
        afterStep.run();
        return now;
    }

    Account worksFor() {
        Account inner = entered;
        return inner != null ? inner : home;
    }

    /** Owner: enters {@code account}; null goes home. */
    void enter(@Nullable Account account) {
        entered = account;
        afterStep.run();
        meter.switchTo(this);
    }

    /** Owner. */
    void exit() {
        meter.close();
        clock.stop();
    }

    /** Mover: one at a time. */
    synchronized void attach(Account account) {
        home = account;
        afterStep.run();
        meter.moveTo(this);
    }

    /** Mover: one at a time. Moves the thread as one that rests, if it is not running. */
    synchronized void attachResting(Account account) {
        home = account;
        afterStep.run();
        meter.moveResting(this, NOT_RUNNABLE);
        meter.moveTo(this);
    }

    /** Owner, between its steps. No mover acts meanwhile. */
    synchronized void assertMeterHasCurrentAccount() {
        assertThat(meter.account()).isSameAs(worksFor());
    }

    long usedCpuNanos() {
        return clock.ownCpuNanos() - firstCpuNanos;
    }

    long usedAllocatedBytes() {
        return clock.ownAllocatedBytes() - firstAllocatedBytes;
    }
}
