package io.corral.runtime.control;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What {@link FairShares} and the tick know of one container. */
final class FairShare {

    /** The weight of the latest tick in a mean over some 100 ms. */
    private static final double LATEST = 0.1;

    /**
     * A container whose requests are short has none at most moments. It competes as long as it has
     * one from time to time, so that it meets no crowd when the next one comes.
     */
    private static final long COMPETES_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The weight of the latest request in the mean duration. */
    private static final int DURATIONS = 16;

    // Accessed by the tick only.

    /** The mean number of CPUs that the container uses. */
    double rate;

    /** The mean number of its requests that use a CPU or wait for one. */
    double runnable;

    /** The CPUs that are its share, if it wants them. */
    double target;

    /** The slots for its share of all CPUs, 1 at least. */
    double base = 1;

    /** The slots that are added to its base, so that it gets its share. */
    double correction;

    /** The slots that are added while CPUs are idle. */
    double idleSlots;

    /** The part of a slot that earlier ticks have not given. */
    double fraction;

    /** Running requests whose thread waits for something. */
    int sleeping;

    /** Whether the slots are limited. */
    boolean isLimited;

    /** CPU time as of the last tick; negative before the first. */
    long lastCpuNanos = -1;

    /** CPU time between the last two ticks. */
    long lastUsedNanos;

    /** Requests ended as of the last tick. */
    long lastEnded;

    /** The CPUs that its requests would want that a limit in monitor mode would have let in. */
    double monitoredDemand;

    /** Requests that the limit would have let in as of the last tick. */
    long lastMonitored;

    final RequestCost cost = new RequestCost();

    /** When a tick last found a request, or the end of one. */
    private long lastRequestNanoTime;

    private boolean hasHadRequest;

    private final AtomicLong ended = new AtomicLong();

    /** Any thread may write; a concurrent update may be lost. */
    private volatile long meanDurationNanos;

    /** Called at the end of a request. */
    void requestEnded(long durationNanos) {
        ended.incrementAndGet();
        long mean = meanDurationNanos;
        meanDurationNanos = mean + (durationNanos - mean) / DURATIONS;
    }

    long ended() {
        return ended.get();
    }

    /** The mean time from when a request is let in to its end; 0 if none has ended. */
    long meanDurationNanos() {
        return meanDurationNanos;
    }

    /**
     * Called by the tick.
     *
     * @param running its requests that run, those that sleep included
     */
    void used(long cpuNanos, long elapsedNanos, int running) {
        lastUsedNanos = cpuNanos;
        rate += LATEST * ((double) cpuNanos / elapsedNanos - rate);
        runnable += LATEST * (running - sleeping - runnable);
    }

    /** Called by a tick that has found a request, or the end of one. */
    void hasRequest(long nowNanoTime) {
        hasHadRequest = true;
        lastRequestNanoTime = nowNanoTime;
    }

    /** Whether the container has had a request a short time ago: so it may have one soon. */
    boolean competes(long nowNanoTime) {
        return hasHadRequest && nowNanoTime - lastRequestNanoTime < COMPETES_NANOS;
    }

    /** Called by the tick when nothing limits the slots. */
    void open() {
        isLimited = false;
        correction = 0;
        idleSlots = 0;
        fraction = 0;
    }
}
