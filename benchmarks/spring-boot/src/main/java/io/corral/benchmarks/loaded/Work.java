package io.corral.benchmarks.loaded;

/** CPU time to be used: some tenths of a millisecond. */
final class Work {

    private static final int STEPS = 300_000;

    private Work() {}

    /** What it returns depends on all that it does, so that nothing is optimized away. */
    static long burn(long seed) {
        long state = seed | 1;
        for (int i = 0; i < STEPS; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        return state;
    }
}
