package io.corral.runtime.observe;

import io.corral.Usage;

import java.util.Arrays;

/**
 * What one platform thread uses after its last reading: the lower quartile of what the latest
 * {@linkplain TeardownProbe probes} have used. No more than an estimate: threads that end one after
 * the other use half of what one uses that ends alone, with cold caches, as probes do. Known on Linux
 * where two threads get two CPUs now and then, else unknown.
 */
final class TeardownEstimate {

    /** In a round; on a busy machine, most say nothing. */
    static final int PROBES = 12;

    /** The first of a round are the coldest. */
    private static final int WARM_UP = 3;

    private static final int KEPT = 12;

    private static final int FEWEST = 3;

    /** What the latest probes have used, a ring. Guarded by itself. */
    private final long[] latest = new long[KEPT];

    /** Guarded by {@link #latest}. */
    private int believed;

    private volatile long nanosEach = Usage.UNKNOWN;

    /** CPU nanoseconds; {@link Usage#UNKNOWN} until measured. */
    long nanosEach() {
        return nanosEach;
    }

    /** A round of probes: some milliseconds of CPU time. */
    void measure() throws InterruptedException {
        for (int i = 0; i < PROBES; i++) {
            long nanos = new TeardownProbe().measure();
            if (i >= WARM_UP && Usage.isKnown(nanos)) {
                add(nanos);
            }
        }
    }

    void add(long nanos) {
        synchronized (latest) {
            latest[believed++ % KEPT] = nanos;
            if (believed >= FEWEST) {
                long[] sorted = Arrays.copyOf(latest, Math.min(believed, KEPT));
                Arrays.sort(sorted);
                nanosEach = sorted[sorted.length / 4];
            }
        }
    }
}
