package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.accuracy.Part.Unit;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What a thread of a run does; between its units it says where it works. */
abstract class Worker implements Runnable {

    final SplittableRandom random;
    private final Ledgers ledgers;
    private final int home;
    private final AtomicLong units;
    private final Gates gates;
    private long waits;
    private long waitNanos;

    /** Shared by the threads of a run. */
    record Gates(CountDownLatch ready, CountDownLatch go, CountDownLatch done, CountDownLatch end) {

        Gates(int threads) {
            this(
                    new CountDownLatch(threads),
                    new CountDownLatch(1),
                    new CountDownLatch(threads),
                    new CountDownLatch(1));
        }
    }

    /**
     * @param home the index of the container where the thread lives
     * @param units that are left, for all threads of the run
     */
    Worker(int home, Ledgers ledgers, AtomicLong units, Gates gates, SplittableRandom random) {
        this.home = home;
        this.ledgers = ledgers;
        this.units = units;
        this.gates = gates;
        this.random = random;
    }

    @Override
    public final void run() {
        gates.ready.countDown();
        await(gates.go);
        worksFor(home);
        work();
        worksFor(home);
        gates.done.countDown();
        await(gates.end);
    }

    abstract void work();

    final boolean takeUnit() {
        return units.getAndDecrement() > 0;
    }

    /** Directly after the switch, where nothing could be read before it. */
    final void worksFor(int container) {
        ledgers.switchedTo(container);
    }

    /** Directly after the switch; {@code before} is what the clock said directly before it. */
    final void worksFor(int container, long before) {
        ledgers.switchedTo(container, before);
    }

    final int home() {
        return home;
    }

    /** Busy, then blocked. */
    final void use(Unit unit) {
        if (unit.busyMicros() > 0) {
            Work.micros(unit.busyMicros());
        }
        if (unit.blockedMicros() > 0) {
            long before = System.nanoTime();
            LockSupport.parkNanos(unit.blockedMicros() * 1_000L);
            waitNanos += System.nanoTime() - before;
            waits++;
        }
    }

    final long waits() {
        return waits;
    }

    final long waitNanos() {
        return waitNanos;
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
