package io.corral.runtime.accounting;

import io.corral.Usage;

/**
 * What was charged to an account, or to several, as of the last reading. Not thread-safe.
 *
 * <p>The totals of one account are read in two steps: the exits of all accounts come first, then
 * the moves and the forks. So each thread's fork is in the sum if its move or its exit is. A thread
 * that starts meanwhile may count as live.
 */
public final class MutableUsage {

    /** The usage without the agent. */
    public static final Usage UNKNOWN = new Usage(
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN,
            Usage.UNKNOWN);

    private long cpuNanos;
    private long apportionedCpuNanos;

    /** The settled bytes, and estimates of uncharged ones. Never falls for one account. */
    private long allocatedBytes;

    private long settledAllocatedBytes;
    private long threads;
    private long virtualThreads;
    private long forks;
    private long exits;

    /** The ended waits, and the open ones up to the reading. Never falls for one account. */
    private long queuedNanos;

    private long waits;

    /** The open waits. */
    private long waiting;

    /** For one account: the ended waits, and the open ones without those of tasks. */
    private long knownQueuedNanos;

    /**
     * The second step for one account: sets all values. {@link #allocatedBytes} and
     * {@link #queuedNanos} keep an earlier value that is higher, so that they do not fall.
     *
     * @param platformExits from the first step, as are the virtual ones
     * @param phase of the moves; it began when the exits of all accounts had been read
     */
    public void read(AccountTotals totals, long platformExits, long virtualExits, long phase) {
        long platform = totals.platformArrivals(phase) - platformExits;
        long virtual = totals.virtualArrivals(phase) - virtualExits;
        long platformForks = totals.platformForks();
        long virtualForks = totals.virtualForks();
        threads = platform + platformForks;
        virtualThreads = virtual + virtualForks;
        forks = platformForks + virtualForks;
        exits = platformExits + virtualExits;
        // The apportioned part is read before the whole.
        apportionedCpuNanos = totals.apportionedCpuNanos();
        cpuNanos = totals.cpuNanos();
        readWaits(totals);
        settledAllocatedBytes = totals.allocatedBytes();
        allocatedBytes = Math.max(allocatedBytes, settledAllocatedBytes);
    }

    /** Reads the ended waits first: one that ends meanwhile is missing, and not there twice. */
    private void readWaits(AccountTotals totals) {
        waits = totals.waits();
        long ended = totals.queuedNanos();
        long open = totals.openWaits();
        long now = System.nanoTime();
        waiting = OpenWaits.count(open, now);
        knownQueuedNanos = ended + OpenWaits.nanos(open, now);
        queuedNanos = Math.max(queuedNanos, knownQueuedNanos);
    }

    /**
     * Adds tasks that wait in queues. The sums do not fall below earlier ones.
     *
     * @param change the difference is added to it
     */
    public void addWaitingTasks(long tasks, long nanos, MutableUsage change) {
        long more = Math.max(knownQueuedNanos + nanos - queuedNanos, 0);
        queuedNanos += more;
        change.queuedNanos += more;
        waiting += tasks;
        change.waiting += tasks;
    }

    /**
     * Adds what running threads have allocated and not charged yet. The sum does not fall below an
     * earlier one.
     *
     * @param change the difference is added to it
     * @return whether there is a difference
     */
    public boolean addUncharged(long bytes, MutableUsage change) {
        long more = settledAllocatedBytes + bytes - allocatedBytes;
        if (more <= 0) {
            return false;
        }
        allocatedBytes += more;
        change.allocatedBytes += more;
        return true;
    }

    public void add(MutableUsage other) {
        add(other, 1);
    }

    public void subtract(MutableUsage other) {
        add(other, -1);
    }

    private void add(MutableUsage other, int times) {
        cpuNanos += times * other.cpuNanos;
        apportionedCpuNanos += times * other.apportionedCpuNanos;
        allocatedBytes += times * other.allocatedBytes;
        settledAllocatedBytes += times * other.settledAllocatedBytes;
        threads += times * other.threads;
        virtualThreads += times * other.virtualThreads;
        forks += times * other.forks;
        exits += times * other.exits;
        queuedNanos += times * other.queuedNanos;
        waits += times * other.waits;
        waiting += times * other.waiting;
    }

    public void clear() {
        subtract(this);
    }

    public MutableUsage copy() {
        MutableUsage copy = new MutableUsage();
        copy.add(this);
        return copy;
    }

    public long cpuNanos() {
        return cpuNanos;
    }

    /** The usage of a container that shows the JVM's own threads. Their allocation is unknown. */
    public Usage toVmUsage(long vmCpuNanos) {
        return toUsage(vmCpuNanos, 0, Usage.isKnown(vmCpuNanos), false);
    }

    public Usage toUsage(boolean cpuKnown, boolean allocationKnown) {
        return toUsage(cpuNanos, apportionedCpuNanos, cpuKnown, allocationKnown);
    }

    private Usage toUsage(long cpu, long apportioned, boolean cpuKnown, boolean allocationKnown) {
        boolean queuedKnown = QueuedTime.isMeasured();
        return new Usage(
                cpuKnown ? cpu : Usage.UNKNOWN,
                cpuKnown ? apportioned : Usage.UNKNOWN,
                allocationKnown ? allocatedBytes : Usage.UNKNOWN,
                allocationKnown ? settledAllocatedBytes : Usage.UNKNOWN,
                threads,
                virtualThreads,
                forks,
                exits,
                queuedKnown ? queuedNanos : Usage.UNKNOWN,
                queuedKnown ? waits : Usage.UNKNOWN,
                queuedKnown ? waiting : Usage.UNKNOWN);
    }
}
