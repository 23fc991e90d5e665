package io.corral.events.jmx;

import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/**
 * A row: the usage of a container and of those below it. An unknown value is null. The class is
 * public for JMX, which creates composite data from the getters.
 */
public final class ContainerUsage {

    private final Usage usage;

    ContainerUsage(Usage usage) {
        this.usage = usage;
    }

    /** Nanoseconds. */
    public @Nullable Long getCpuNanos() {
        return orNull(usage.cpuNanos());
    }

    /** The part of the CPU time that was apportioned among short stays, in nanoseconds. */
    public @Nullable Long getApportionedCpuNanos() {
        return orNull(usage.apportionedCpuNanos());
    }

    /** Bytes ever allocated. */
    public @Nullable Long getAllocatedBytes() {
        return orNull(usage.allocatedBytes());
    }

    /** The exact part of the bytes. */
    public @Nullable Long getSettledAllocatedBytes() {
        return orNull(usage.settledAllocatedBytes());
    }

    /** Live platform threads. */
    public @Nullable Long getThreads() {
        return orNull(usage.threads());
    }

    /** Live virtual threads. */
    public @Nullable Long getVirtualThreads() {
        return orNull(usage.virtualThreads());
    }

    public @Nullable Long getForks() {
        return orNull(usage.forks());
    }

    public @Nullable Long getExits() {
        return orNull(usage.exits());
    }

    /** Nanoseconds in which ready virtual threads and tasks have waited. */
    public @Nullable Long getQueuedNanos() {
        return orNull(usage.queuedNanos());
    }

    /** Such waits that have ended. */
    public @Nullable Long getWaits() {
        return orNull(usage.waits());
    }

    /** The ready virtual threads and the tasks that wait now. */
    public @Nullable Long getWaiting() {
        return orNull(usage.waiting());
    }

    /** The number, or null if it is unknown. */
    static @Nullable Long orNull(long value) {
        return Usage.isKnown(value) ? value : null;
    }
}
