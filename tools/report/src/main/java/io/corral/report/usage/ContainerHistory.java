package io.corral.report.usage;

import java.util.NavigableSet;
import java.util.TreeSet;

/** The usage of a container, with those below it, over time. */
public final class ContainerHistory {

    private final String path;
    private final NavigableSet<Long> ticks;
    final Counter cpu = new Counter();
    final Counter allocated = new Counter();
    final Counter forks = new Counter();
    final Counter queued = new Counter();
    final Counter waits = new Counter();
    private long latest = Long.MIN_VALUE;
    private long threads;
    private long virtualThreads;

    /** The times at which a container of this path was created. */
    private final NavigableSet<Long> creations = new TreeSet<>();

    private boolean isRemoved;

    /** @param ticks the times at which containers were read */
    ContainerHistory(String path, NavigableSet<Long> ticks) {
        this.path = path;
        this.ticks = ticks;
    }

    /** Adds a reading of the totals. */
    public void addTotals(long nanos, long cpuNanos, long allocatedBytes, long forked) {
        cpu.add(nanos, cpuNanos);
        allocated.add(nanos, allocatedBytes);
        forks.add(nanos, forked);
    }

    /** Adds a reading of the queued time. */
    public void addQueued(long nanos, long queuedNanos) {
        queued.add(nanos, queuedNanos);
    }

    /** Adds a reading of the number of waits that have ended. */
    public void addWaits(long nanos, long ended) {
        waits.add(nanos, ended);
    }

    /** Adds a reading of the live threads. The latest reading counts. */
    public void addThreads(long nanos, long platform, long virtual) {
        if (nanos >= latest) {
            latest = nanos;
            threads = platform;
            virtualThreads = virtual;
            isRemoved = false;
        }
    }

    /** Marks a container that was created during the recording. */
    public void markCreated(long nanos) {
        creations.add(nanos);
    }

    public void markRemoved(long nanos) {
        addThreads(nanos, 0, 0);
        isRemoved = true;
    }

    public String path() {
        return path;
    }

    /** The live platform threads at the end of the recording. */
    public long threads() {
        return threads;
    }

    public long virtualThreads() {
        return virtualThreads;
    }

    /** CPU nanoseconds during the recording. */
    public double cpuNanos() {
        return cpu.growth(beganAtZero(), creations);
    }

    /** Bytes that were allocated during the recording. */
    public double allocatedBytes() {
        return allocated.growth(beganAtZero(), creations);
    }

    /** Threads of both kinds that were born during the recording. */
    public long forked() {
        return (long) forks.growth(beganAtZero(), creations);
    }

    public boolean isRemoved() {
        return isRemoved;
    }

    /**
     * Whether the totals grew from 0. A container of the first reading grew from that reading, as
     * all others do, although it may have been created since the recording began.
     */
    private boolean beganAtZero() {
        return !creations.isEmpty() && (ticks.isEmpty() || !cpu.isReadBy(ticks.first()));
    }

    double[] buckets(Counter counter, TimeAxis axis) {
        return counter.buckets(axis, ticks, beganAtZero(), creations);
    }
}
