package io.corral.runtime.usage;

import io.corral.Usage;

/**
 * What one platform thread uses after its last reading: the mean of what the latest
 * {@linkplain TeardownProbe probes} have used. An estimate, since a thread's end is cheaper among
 * others than alone. Known on Linux where two threads get two CPUs now and then, else unknown.
 */
final class TeardownEstimate {

    /** In a round; on a busy machine, all but one of some twenty say nothing. */
    static final int PROBES = 16;

    /** The first probes of a round, which are not counted: their code is the coldest. */
    private static final int WARM_UP = 2;

    private static final int KEPT = 24;

    private static final int FEWEST = 4;

    /** Below this number the mean is provisional. */
    private static final int FEW = 12;

    /** The results of the latest probes, as a ring. Guarded by this. */
    private final long[] latest = new long[KEPT];

    /** Guarded by this. */
    private int believed;

    /** CPU nanoseconds; {@link Usage#UNKNOWN} until measured. */
    synchronized long nanosEach() {
        if (believed < FEWEST) {
            return Usage.UNKNOWN;
        }
        long sum = 0;
        for (long nanos : latest) {
            sum += nanos;
        }
        return sum / Math.min(believed, KEPT);
    }

    /** Whether the next probes can still change it much. */
    synchronized boolean isProvisional() {
        return believed < FEW;
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

    synchronized void add(long nanos) {
        latest[believed++ % KEPT] = nanos;
    }
}
