package io.corral.runtime.jmx;

import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/**
 * A row: what a container and those below it have used. A value is null where it is unknown. Public
 * for JMX, which makes composite data of the getters.
 */
public final class ContainerUsage {

    private final Usage usage;

    ContainerUsage(Usage usage) {
        this.usage = usage;
    }

    /** Nanoseconds. */
    public @Nullable Long getCpuNanos() {
        return Known.orNull(usage.cpuNanos());
    }

    /** The part of the CPU time that was apportioned among short stays, in nanoseconds. */
    public @Nullable Long getApportionedCpuNanos() {
        return Known.orNull(usage.apportionedCpuNanos());
    }

    /** Bytes ever allocated. */
    public @Nullable Long getAllocatedBytes() {
        return Known.orNull(usage.allocatedBytes());
    }

    /** The exact part of the bytes. */
    public @Nullable Long getSettledAllocatedBytes() {
        return Known.orNull(usage.settledAllocatedBytes());
    }

    /** Live platform threads. */
    public @Nullable Long getThreads() {
        return Known.orNull(usage.threads());
    }

    /** Live virtual threads. */
    public @Nullable Long getVirtualThreads() {
        return Known.orNull(usage.virtualThreads());
    }

    public @Nullable Long getForks() {
        return Known.orNull(usage.forks());
    }

    public @Nullable Long getExits() {
        return Known.orNull(usage.exits());
    }

    /** Nanoseconds in which ready virtual threads and tasks have waited. */
    public @Nullable Long getQueuedNanos() {
        return Known.orNull(usage.queuedNanos());
    }
}
