package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** A thread without a thread: its clocks are moved by hand, its actors are whoever calls. */
final class SimulatedThread implements AccountSource {

    final ManualClock clock;
    final Meter meter;
    private final long firstCpuNanos;
    private final long firstAllocatedBytes;
    private Runnable meanwhile = () -> {};

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

    /** Lets others act in the middle of each reading, and between an answer and its use. */
    void meanwhile(Runnable others) {
        meanwhile = others;
        clock.afterReading(others);
    }

    @Override
    public Account account(Account current) {
        Account now = worksFor();
        meanwhile.run();
        return now;
    }

    Account worksFor() {
        Account inner = entered;
        return inner != null ? inner : home;
    }

    /** Owner: enters {@code account}, or with null goes home. */
    void enter(@Nullable Account account) {
        entered = account;
        meanwhile.run();
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
        meanwhile.run();
        meter.moveTo(this);
    }

    /** Mover: one at a time. Moves a thread that rests; one that runs is moved as any other. */
    synchronized void attachResting(Account account) {
        home = account;
        meanwhile.run();
        meter.moveResting(this);
        meter.moveTo(this);
    }

    /** Owner, between its steps; no mover acts meanwhile. */
    synchronized void assertFollowed() {
        assertThat(meter.account()).isSameAs(worksFor());
    }

    long usedCpuNanos() {
        return clock.ownCpuNanos() - firstCpuNanos;
    }

    long usedAllocatedBytes() {
        return clock.ownAllocatedBytes() - firstAllocatedBytes;
    }
}
