package io.corral.runtime.observe;

import io.corral.Usage;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.CorralThread;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * An estimate of the CPU time that platform threads use after their last reading, in the JVM's and
 * the kernel's end of a thread: the median of what the latest {@linkplain TeardownProbe probes} have
 * used, times the threads that ended. Measured on Linux with two CPUs at least, else unknown.
 */
final class Teardown {

    /** The first of a round is dear: most threads do not end alone. */
    private static final int WARM_UP = 2;

    /** Some say nothing; on a busy machine, most. */
    private static final int PROBES = 16;

    private static final int KEPT = 11;

    private static final int FEWEST = 3;

    /** Doubled up to the longest: a JVM's young code is slower at everything. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What the latest probes have used, a ring. Used by one round after the other. */
    private final long[] latest = new long[KEPT];

    private int believed;

    /** Of one thread; {@link Usage#UNKNOWN} until measured. */
    private volatile long nanosEach = Usage.UNKNOWN;

    private long pauseNanos;
    private long measuredAt;
    private long measuredAfterExits;

    private long exits;
    private long cpuNanos;

    /**
     * CPU nanoseconds of the threads that ended since Corral counts. Never falls: a new estimate is for
     * the threads that ended since the last call.
     */
    synchronized long cpuNanos(long platformExits) {
        long each = nanosEach;
        if (!Usage.isKnown(each)) {
            return Usage.UNKNOWN;
        }
        cpuNanos += (platformExits - exits) * each;
        exits = platformExits;
        return cpuNanos;
    }

    /** Measures on a thread of its own: at first, and then now and again if threads end. */
    synchronized void measureIfDue(long platformExits) {
        if (pauseNanos == 0 || isOutdated(platformExits)) {
            pauseNanos = pauseNanos == 0
                    ? FIRST_PAUSE_NANOS
                    : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            measuredAt = System.nanoTime();
            measuredAfterExits = platformExits;
            new CorralThread("corral-teardown", this::measure).start();
        }
    }

    /** If no threads have ended but our own, the estimate can wait. */
    private boolean isOutdated(long platformExits) {
        return System.nanoTime() - measuredAt > pauseNanos
                && platformExits - measuredAfterExits > 2 * PROBES;
    }

    private synchronized void measure() {
        try {
            for (int i = 0; i < PROBES; i++) {
                long each = new TeardownProbe().measure();
                if (i >= WARM_UP && Usage.isKnown(each)) {
                    latest[believed++ % KEPT] = each;
                }
            }
            if (believed >= FEWEST) {
                long[] sorted = Arrays.copyOf(latest, Math.min(believed, KEPT));
                Arrays.sort(sorted);
                nanosEach = sorted[sorted.length / 2];
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
        if (System.getProperty("dbg") != null) System.err.println("teardown " + believed+" "+nanosEach + " " + Arrays.toString(latest) );
    }
}
