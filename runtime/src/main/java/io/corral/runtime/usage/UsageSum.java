package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.Totals;
import io.corral.runtime.container.Membership;

/** Accumulates charges. Used by one thread. */
public final class UsageSum {

    private long cpuNanos;
    private long apportionedCpuNanos;
    private long allocatedBytes;
    private long settledAllocatedBytes;

    /** What was settled for the membership that was added last. */
    private long membershipSettledBytes;

    private long threads;
    private long virtualThreads;
    private long forks;
    private long exits;

    public void add(Membership membership) {
        membershipSettledBytes = addAllButShown(membership.totals());
        threads += membership.threads();
        virtualThreads += membership.virtualThreads();
    }

    /** Adds the charges of a retired account. */
    public void add(Totals totals) {
        allocatedBytes += totals.showAllocatedBytes(addAllButShown(totals));
    }

    /** Returns the settled bytes of {@code totals}. */
    private long addAllButShown(Totals totals) {
        // Reads exits before forks, so that a thread which starts and ends meanwhile is not counted
        // as an exit without a fork.
        exits += totals.exits();
        forks += totals.forks();
        // Reads the apportioned part before the whole.
        apportionedCpuNanos += totals.apportionedCpuNanos();
        cpuNanos += totals.cpuNanos();
        long settled = totals.allocatedBytes();
        settledAllocatedBytes += settled;
        return settled;
    }

    /**
     * Completes the allocation of a membership, which was added first.
     *
     * @param running what running threads have allocated for it and not charged yet, read after the
     *     charges: bytes that are charged in between are then missing in this sum, instead of being
     *     in it twice
     */
    void addAllocated(Membership membership, long running) {
        allocatedBytes += membership.totals().showAllocatedBytes(membershipSettledBytes + running);
    }

    public void add(UsageSum other) {
        cpuNanos += other.cpuNanos;
        apportionedCpuNanos += other.apportionedCpuNanos;
        allocatedBytes += other.allocatedBytes;
        settledAllocatedBytes += other.settledAllocatedBytes;
        threads += other.threads;
        virtualThreads += other.virtualThreads;
        forks += other.forks;
        exits += other.exits;
    }

    /** The usage of a container that shows the JVM's own threads. Their allocation is unknown. */
    Usage toVmUsage(long vmCpuNanos) {
        return new Usage(
                vmCpuNanos,
                Usage.isKnown(vmCpuNanos) ? 0 : Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                threads,
                virtualThreads,
                forks,
                exits);
    }

    public Usage toUsage(boolean cpuKnown, boolean allocationKnown) {
        return new Usage(
                cpuKnown ? cpuNanos : Usage.UNKNOWN,
                cpuKnown ? apportionedCpuNanos : Usage.UNKNOWN,
                allocationKnown ? allocatedBytes : Usage.UNKNOWN,
                allocationKnown ? settledAllocatedBytes : Usage.UNKNOWN,
                threads,
                virtualThreads,
                forks,
                exits);
    }
}
