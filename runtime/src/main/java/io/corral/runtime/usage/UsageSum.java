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
    private boolean isComplete;

    /** The first step of adding a membership: the exits. Those of all memberships come first. */
    void addExits(Totals totals) {
        long platform = totals.platformExits();
        long virtual = totals.virtualExits();
        threads -= platform;
        virtualThreads -= virtual;
        exits += platform + virtual + totals.absorbedExits();
    }

    /** The same for a retired account, which has no threads. */
    void addRetiredExits(Totals totals) {
        exits += totals.exits();
    }

    /**
     * The second step: all but the exits. Reads moves before forks, so that each thread's fork is
     * in the sum if its move or its exit is. A thread that starts meanwhile may count as live.
     *
     * @param phase of the moves; it began when the exits of all memberships had been read
     */
    void addOthers(Totals totals, long phase) {
        threads += totals.platformArrivals(phase);
        virtualThreads += totals.virtualArrivals(phase);
        long platform = totals.platformForks();
        long virtual = totals.virtualForks();
        threads += platform;
        virtualThreads += virtual;
        forks += platform + virtual + totals.absorbedForks();
        membershipSettledBytes = addCharges(totals);
        isComplete = true;
    }

    /** Whether the second step was done. */
    boolean isComplete() {
        return isComplete;
    }

    /** The same for a retired account. */
    void addRetiredOthers(Totals totals) {
        forks += totals.forks();
        allocatedBytes += totals.showAllocatedBytes(addCharges(totals));
    }

    /** Returns the settled bytes of {@code totals}. */
    private long addCharges(Totals totals) {
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
