package io.corral.field.agents;

/** A fixed amount of work. */
final class WorkUnits {

    /** Some milliseconds of CPU. */
    private static final int STEPS_OF_A_UNIT = 3_000_000;

    private static volatile long sink;

    private WorkUnits() {}

    static void warmUp() {
        units(20);
    }

    static void units(int count) {
        for (int i = 0; i < count; i++) {
            sink = unit(sink);
        }
    }

    private static long unit(long seed) {
        long value = seed;
        for (int i = 0; i < STEPS_OF_A_UNIT; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
            value ^= value >>> 29;
        }
        return value;
    }
}
