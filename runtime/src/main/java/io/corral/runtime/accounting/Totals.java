package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** The counters of one account. None ever falls. Any thread can add, and any thread can sum. */
public final class Totals extends Counters {

    /** One addition in so many looks whether threads contend. */
    private static final int LOOK_INTERVAL = 1_024;

    // Which additions look. Those for forks and exits look half an interval apart, so that a thread
    // that starts many others and the threads on which they end look alternately.

    /** The low bits of a sum of nanoseconds are random. */
    private static final int CPU_LOOK = 0;

    /** The first look is late, since many accounts have few threads. */
    private static final int FORK_LOOK = LOOK_INTERVAL / 4;

    private static final int EXIT_LOOK = FORK_LOOK + LOOK_INTERVAL / 2;

    private static final AtomicLongFieldUpdater<Totals> SHOWN_ALLOCATED_BYTES =
            AtomicLongFieldUpdater.newUpdater(Totals.class, "shownAllocatedBytes");

    /** The most that {@link #showAllocatedBytes} has returned. Written through the updater only. */
    private volatile long shownAllocatedBytes;

    public void addCpuNanos(long nanos) {
        addAndLook(CPU_NANOS, nanos, CPU_LOOK);
    }

    /**
     * The part of the CPU nanoseconds that is an estimate. Add it after them, and read it before.
     */
    public void addApportionedCpuNanos(long nanos) {
        add(APPORTIONED_CPU_NANOS, nanos);
    }

    public void addAllocatedBytes(long bytes) {
        add(ALLOCATED_BYTES, bytes);
    }

    public void countFork() {
        addAndLook(FORKS, 1, FORK_LOOK);
    }

    public void countExit() {
        addAndLook(EXITS, 1, EXIT_LOOK);
    }

    private void addAndLook(AtomicLongFieldUpdater<Sums> sum, long amount, int look) {
        long before = add(sum, amount);
        if (before % LOOK_INTERVAL == look) {
            try {
                look();
            } catch (StackOverflowError exhausted) {
                // The addition is done. Another thread will look.
                return;
            }
        }
    }

    /** Counts a thread in. */
    public void enter(boolean virtual) {
        add(virtual ? VIRTUAL_ENTERED : PLATFORM_ENTERED, 1);
    }

    /** Counts a thread out. */
    public void leave(boolean virtual) {
        add(virtual ? VIRTUAL_LEFT : PLATFORM_LEFT, 1);
    }

    public long cpuNanos() {
        return sum(CPU_NANOS);
    }

    public long apportionedCpuNanos() {
        return sum(APPORTIONED_CPU_NANOS);
    }

    public long allocatedBytes() {
        return sum(ALLOCATED_BYTES);
    }

    /**
     * Returns {@code estimate}, or what was returned before if that is more: what has been shown
     * does not fall.
     *
     * @param estimate at most what has been allocated
     */
    public long showAllocatedBytes(long estimate) {
        for (long shown = shownAllocatedBytes; shown < estimate; shown = shownAllocatedBytes) {
            if (SHOWN_ALLOCATED_BYTES.compareAndSet(this, shown, estimate)) {
                return estimate;
            }
        }
        return shownAllocatedBytes;
    }

    public long forks() {
        return sum(FORKS);
    }

    public long exits() {
        return sum(EXITS);
    }

    /**
     * How many virtual threads are in: those that entered less those that left. Those that left are
     * read first. So a thread that enters and leaves meanwhile can be counted, and one that is in
     * is never missed.
     */
    public long virtualThreads() {
        long left = sum(VIRTUAL_LEFT);
        return sum(VIRTUAL_ENTERED) - left;
    }

    /** How many platform threads are in; see {@link #virtualThreads}. */
    public long platformThreads() {
        long left = sum(PLATFORM_LEFT);
        return sum(PLATFORM_ENTERED) - left;
    }

    /**
     * Adds the charges of {@code other}, whose totals must be final and which must have no threads.
     * Call it under the lock that readers hold, or a reader could see a charge twice or not at all.
     */
    public void absorb(Totals other) {
        add(CPU_NANOS, other.cpuNanos());
        add(APPORTIONED_CPU_NANOS, other.apportionedCpuNanos());
        add(ALLOCATED_BYTES, other.allocatedBytes());
        SHOWN_ALLOCATED_BYTES.getAndAdd(this, other.allocatedBytes());
        add(FORKS, other.forks());
        add(EXITS, other.exits());
    }
}
