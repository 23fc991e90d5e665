package io.corral.field.agents;

/** CPU work in units of the same size. */
final class WorkUnits {

    /** Some milliseconds of CPU. */
    private static final int STEPS_PER_UNIT = 3_000_000;

    private static volatile long sink;

    private WorkUnits() {}

    static void run(int count) {
        for (int i = 0; i < count; i++) {
            sink = runUnit(sink);
        }
    }

    private static long runUnit(long seed) {
        long value = seed;
        for (int i = 0; i < STEPS_PER_UNIT; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
            value ^= value >>> 29;
        }
        return value;
    }
}
