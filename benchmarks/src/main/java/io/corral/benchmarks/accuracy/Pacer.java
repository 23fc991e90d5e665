package io.corral.benchmarks.accuracy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Wakes one thread after the other, with a gap in which their carrier has nothing to do. */
final class Pacer {

    static final int NOBODY = -1;
    static final int OVER = -2;

    /** From a turn to the next, about. */
    static final int MEAN_MICROS = 45;

    private static final int SHORTEST_GAP_NANOS = 5_000;
    private static final int LONGEST_GAP_NANOS = 45_000;

    final AtomicInteger turn = new AtomicInteger(NOBODY);
    private final SplittableRandom random;

    Pacer(SplittableRandom random) {
        this.random = random;
    }

    /** By a platform thread, which is busy all the time so as to be in time. */
    void run(List<Thread> threads, long turns) {
        for (long i = 0; i < turns; i++) {
            spin(random.nextInt(SHORTEST_GAP_NANOS, LONGEST_GAP_NANOS));
            int next = random.nextInt(threads.size());
            turn.set(next);
            LockSupport.unpark(threads.get(next));
            while (turn.get() != NOBODY) {
                Thread.onSpinWait();
            }
        }
        turn.set(OVER);
        threads.forEach(LockSupport::unpark);
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
