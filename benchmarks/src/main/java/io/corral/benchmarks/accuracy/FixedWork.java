package io.corral.benchmarks.accuracy;

/** A piece of work with a fixed number of steps, which does not depend on the thread's CPU time. */
final class FixedWork {

    private static final int TRIES = 20;
    private static final int STEPS_OF_TRY = 1_000_000;
    private static final int WARM_UPS = 2_000;

    /** Keeps the steps from being optimized away. */
    private static volatile long sink;

    private static final double STEPS_PER_MICRO = calibrate();

    private FixedWork() {}

    private static double calibrate() {
        for (int i = 0; i < WARM_UPS; i++) {
            steps(1_000);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            steps(STEPS_OF_TRY);
            least = Math.min(least, System.nanoTime() - before);
        }
        return STEPS_OF_TRY * 1_000.0 / least;
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
