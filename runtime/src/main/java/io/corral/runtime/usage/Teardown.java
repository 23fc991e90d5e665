package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;

import java.util.concurrent.TimeUnit;

/**
 * The CPU time that platform threads use after their last reading, while the JVM and the kernel end
 * them: {@linkplain TeardownEstimate the estimate for one thread}, times the number of threads that
 * ended.
 */
final class Teardown {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** The number of rounds that may fail before the pauses grow. Rounds fail on a busy machine. */
    private static final int PATIENCE = 15;

    /** The number of rounds without a valid probe after which no further round is run. */
    private static final int MAX_INVALID_ROUNDS = 15;

    /** Probes use at most 1 / {@value} of the process's CPU time. */
    private static final long PARTS = 100;

    /** The assumed CPU time of a round before the first one was measured. */
    private static final long FIRST_ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TeardownEstimate estimate;

    private int rounds;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long measuredAt;
    private long measuredAfterExits;

    /** CPU time of all rounds, and of the latest. Guarded by this. */
    private long usedNanos;

    private long roundNanos = FIRST_ROUND_NANOS;

    private long exits;
    private long cpuNanos;

    Teardown(TeardownEstimate estimate) {
        this.estimate = estimate;
    }

    /**
     * The CPU nanoseconds of all teardowns since Corral began to count. While the estimate is
     * provisional, it is applied to all of them, so the result may fall. Later each estimate is
     * applied only to threads that ended since the last call, so the result never falls.
     */
    synchronized long cpuNanos(long platformExits) {
        long each = estimate.nanosEach();
        if (!Usage.isKnown(each)) {
            return Usage.UNKNOWN;
        }
        cpuNanos = estimate.isProvisional() || exits == 0
                ? platformExits * each
                : cpuNanos + (platformExits - exits) * each;
        exits = platformExits;
        return cpuNanos;
    }

    /**
     * Measures on a separate thread: as soon as the process has used enough CPU time for it, and
     * again after growing pauses, since code is slower before it is compiled.
     */
    synchronized void measureIfDue(long platformExits, long processCpuNanos) {
        if ((rounds == 0 || isOutdated(platformExits))
                && !(rounds >= MAX_INVALID_ROUNDS && estimate.hasNoValidProbe())
                && isAffordable(processCpuNanos)
                && EndWatch.isPossible()) {
            if (rounds > PATIENCE || !estimate.isProvisional()) {
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
            rounds++;
            measuredAt = System.nanoTime();
            measuredAfterExits = platformExits;
            new CorralThread("corral-teardown", this::measure).start();
        }
    }

    /** Whether another round keeps the probes' share of the CPU time within its bound. */
    synchronized boolean isAffordable(long processCpuNanos) {
        return (usedNanos + roundNanos) * PARTS <= processCpuNanos;
    }

    synchronized void used(long nanos) {
        usedNanos += nanos;
        roundNanos = nanos;
    }

    private boolean isOutdated(long platformExits) {
        // If only probes have ended, the estimate is good enough.
        boolean matters = platformExits - measuredAfterExits > 2 * TeardownEstimate.PROBES
                || estimate.isProvisional();
        return matters && System.nanoTime() - measuredAt > pauseNanos;
    }

    private void measure() {
        try {
            used(estimate.measure());
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }
}
