package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.Totals;
import io.corral.runtime.container.Membership;

/** Accumulates charges. Used by one thread. */
public final class UsageSum {

    private long cpuNanos;
    private long apportionedCpuNanos;
    private long allocatedBytes;
    private long runningAllocatedBytes;
    private long threads;
    private long virtualThreads;
    private long forks;
    private long exits;

    public void add(Membership membership) {
        add(membership.totals());
        threads += membership.threads();
        virtualThreads += membership.virtualThreads();
    }

    public void add(Totals totals) {
        // Reads exits before forks, so that a thread which starts and ends meanwhile is not counted
        // as an exit without a fork.
        exits += totals.exits();
        forks += totals.forks();
        // Reads the apportioned part before the whole.
        apportionedCpuNanos += totals.apportionedCpuNanos();
        cpuNanos += totals.cpuNanos();
        allocatedBytes += totals.allocatedBytes();
    }

    void addRunningAllocated(long bytes) {
        runningAllocatedBytes += bytes;
    }

    public void add(UsageSum other) {
        cpuNanos += other.cpuNanos;
        apportionedCpuNanos += other.apportionedCpuNanos;
        allocatedBytes += other.allocatedBytes;
        runningAllocatedBytes += other.runningAllocatedBytes;
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
                allocationKnown ? runningAllocatedBytes : Usage.UNKNOWN,
                threads,
                virtualThreads,
                forks,
                exits);
    }
}
