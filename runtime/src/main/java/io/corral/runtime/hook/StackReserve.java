package io.corral.runtime.hook;

/**
 * Makes a start at the very bottom of the parent's stack overflow here, before anything is counted,
 * and not halfway: the application sees the {@link StackOverflowError} it was about to see anyway.
 */
final class StackReserve {

    /** Deeper than any path below a fork hook, callbacks excepted, which are caught one by one. */
    private static final int FRAMES = 24;

    private StackReserve() {}

    static long probe() {
        return probe(FRAMES, 1, 2, 3, 4);
    }

    private static long probe(int frames, long a, long b, long c, long d) {
        return frames == 0 ? a : probe(frames - 1, b, c, d, a) + b;
    }
}
