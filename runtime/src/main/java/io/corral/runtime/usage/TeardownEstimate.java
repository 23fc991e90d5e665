package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.JvmClocks;

/**
 * The CPU time that one platform thread uses after its last reading: the mean over the latest
 * {@linkplain TeardownProbe probes}. An estimate, since a thread's end costs less among others than
 * alone. Known on Linux if two threads can run on two CPUs, else unknown.
 */
final class TeardownEstimate {

    /** The probes of a round. On a busy machine only about one in twenty is valid. */
    static final int PROBES = 16;

    /** The first probes of a round, which are not counted, since their code is cold. */
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

    /**
     * Runs a round of probes.
     *
     * @return the CPU nanoseconds that the round has used
     */
    long measure() throws InterruptedException {
        long before = JvmClocks.ownCpuNanos();
        long used = 0;
        for (int i = 0; i < PROBES; i++) {
            TeardownProbe probe = new TeardownProbe();
            long nanos = probe.measure();
            used += probe.usedNanos();
            if (i >= WARM_UP && Usage.isKnown(nanos)) {
                add(nanos);
            }
        }
        return used + JvmClocks.ownCpuNanos() - before;
    }

    /** Whether no probe has succeeded so far. */
    synchronized boolean isFruitless() {
        return believed == 0;
    }

    synchronized void add(long nanos) {
        latest[believed++ % KEPT] = nanos;
    }
}
