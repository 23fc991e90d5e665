package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.JvmClocks;

/**
 * The CPU time that one platform thread uses after its last reading: the mean over the latest
 * {@linkplain TeardownProbe probes}. It is an estimate: a thread's end costs less if many threads
 * end. Known on Linux if two threads can run on two CPUs, else unknown.
 */
final class TeardownEstimate {

    /** The probes of a round. On a busy machine only about one in twenty is valid. */
    static final int PROBES = 16;

    /** The first probes of a round, which are not counted, since their code is cold. */
    private static final int WARM_UP = 2;

    private static final int KEPT = 24;

    private static final int MIN_COUNT = 4;

    /** With fewer valid probes the mean is provisional. */
    private static final int FIRM_COUNT = 12;

    /** The results of the latest probes, as a ring. Guarded by this. */
    private final long[] latest = new long[KEPT];

    /** Guarded by this. */
    private int validCount;

    /** CPU nanoseconds; {@link Usage#UNKNOWN} until measured. */
    synchronized long nanosEach() {
        if (validCount < MIN_COUNT) {
            return Usage.UNKNOWN;
        }
        long sum = 0;
        for (long nanos : latest) {
            sum += nanos;
        }
        return sum / Math.min(validCount, KEPT);
    }

    /** Whether the next probes may still change the mean considerably. */
    synchronized boolean isProvisional() {
        return validCount < FIRM_COUNT;
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

    /** Whether no probe has been valid so far. */
    synchronized boolean hasNoValidProbe() {
        return validCount == 0;
    }

    synchronized void add(long nanos) {
        latest[validCount++ % KEPT] = nanos;
    }
}
