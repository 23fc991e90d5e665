package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Usage;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

@Name("corral.ContainerUsage")
@Label("Container Usage")
@Description(
        "The usage of a container and of those below it, for each container that has changed since"
                + " the previous event of this type")
@Period("1 s")
final class ContainerUsageEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    @Label("CPU Time")
    @Description("CPU time charged since the previous event of this type, user and system")
    @Timespan(Timespan.NANOSECONDS)
    final long cpuTime;

    @Label("Apportioned CPU Time")
    @Description("The part of the CPU time that was measured for several containers together, and"
            + " apportioned")
    @Timespan(Timespan.NANOSECONDS)
    final long apportionedCpuTime;

    @Label("Allocated")
    @Description("Heap bytes allocated since the previous event of this type, not bytes in use")
    @DataAmount(DataAmount.BYTES)
    final long allocated;

    @Label("Queued Time")
    @Description(
            "Duration of waits that ended since the previous event of this type: of virtual threads"
                    + " for a carrier, and of tasks in a queue")
    @Timespan(Timespan.NANOSECONDS)
    final long queuedTime;

    @Label("Total CPU Time")
    @Description("CPU time ever charged, user and system")
    @Timespan(Timespan.NANOSECONDS)
    final long totalCpuTime;

    @Label("Total Apportioned CPU Time")
    @Description("The part of the total that was measured for several containers together, and"
            + " apportioned")
    @Timespan(Timespan.NANOSECONDS)
    final long totalApportionedCpuTime;

    @Label("Total Allocated")
    @Description(
            "Heap bytes ever allocated; for running threads this is an estimate, which can be too"
                    + " low")
    @DataAmount(DataAmount.BYTES)
    final long totalAllocated;

    @Label("Settled Allocated")
    @Description(
            "The exact part of the total, which threads have charged at a switch or at their end")
    @DataAmount(DataAmount.BYTES)
    final long settledAllocated;

    @Label("Total Queued Time")
    @Description(
            "Total duration of ended waits: of virtual threads for a carrier, and of tasks in a"
                    + " queue")
    @Timespan(Timespan.NANOSECONDS)
    final long totalQueuedTime;

    @Label("Threads")
    @Description("Live platform threads that are members")
    final long threads;

    @Label("Virtual Threads")
    @Description("Live virtual threads that are members")
    final long virtualThreads;

    @Label("Forks")
    @Description("Threads of both kinds ever born here or below")
    final long forks;

    @Label("Exits")
    @Description("Threads of both kinds that ever ended here or below")
    final long exits;

    /** @param last the usage at the time of the last events */
    ContainerUsageEvent(Container container, Usage usage, Usage last) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
        this.cpuTime = since(last.cpuNanos(), usage.cpuNanos());
        this.apportionedCpuTime = since(last.apportionedCpuNanos(), usage.apportionedCpuNanos());
        this.allocated = since(last.allocatedBytes(), usage.allocatedBytes());
        this.queuedTime = since(last.queuedNanos(), usage.queuedNanos());
        this.totalCpuTime = usage.cpuNanos();
        this.totalApportionedCpuTime = usage.apportionedCpuNanos();
        this.totalAllocated = usage.allocatedBytes();
        this.settledAllocated = usage.settledAllocatedBytes();
        this.totalQueuedTime = usage.queuedNanos();
        this.threads = usage.threads();
        this.virtualThreads = usage.virtualThreads();
        this.forks = usage.forks();
        this.exits = usage.exits();
    }

    private static long since(long last, long now) {
        return Usage.isKnown(last) && Usage.isKnown(now) ? now - last : Usage.UNKNOWN;
    }
}
