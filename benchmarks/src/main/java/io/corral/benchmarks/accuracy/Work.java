package io.corral.benchmarks.accuracy;

/** Uses CPU time: a fixed amount of work, whatever happens to the thread meanwhile. */
final class Work {

    private static final int WARM_UP = 2_000;
    private static final int TRIES = 20;
    private static final int TRY_STEPS = 1_000_000;

    /** Keeps the work from being optimized away. */
    private static volatile long sink;

    private static final double STEPS_PER_MICRO = calibrate();

    private Work() {}

    private static double calibrate() {
        for (int i = 0; i < WARM_UP; i++) {
            steps(1_000);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = Ledgers.ownCpuNanos();
            steps(TRY_STEPS);
            least = Math.min(least, Ledgers.ownCpuNanos() - before);
        }
        return TRY_STEPS * 1_000.0 / least;
    }

    static void micros(int micros) {
        steps((int) (micros * STEPS_PER_MICRO));
    }

    private static void steps(int steps) {
        long hash = sink;
        for (int i = 0; i < steps; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
    }
}
