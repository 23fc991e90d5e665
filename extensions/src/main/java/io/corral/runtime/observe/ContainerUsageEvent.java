package io.corral.runtime.observe;

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
        "What the threads of a container and of those below it have used, for each container that has changed since the last of these events")
@Period("1 s")
final class ContainerUsageEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    @Label("CPU Time")
    @Description("Charged since the last of these events, user and system")
    @Timespan(Timespan.NANOSECONDS)
    final long cpuTime;

    @Label("Apportioned CPU Time")
    @Description("What of that was measured for several containers together, and apportioned")
    @Timespan(Timespan.NANOSECONDS)
    final long apportionedCpuTime;

    @Label("Allocated")
    @Description("Since the last of these events; it says nothing of what is retained")
    @DataAmount(DataAmount.BYTES)
    final long allocated;

    @Label("Queued Time")
    @Description(
            "Waits that ended since the last of these events, of ready virtual threads for a carrier and of tasks in a queue")
    @Timespan(Timespan.NANOSECONDS)
    final long queuedTime;

    @Label("Total CPU Time")
    @Description("Ever charged, user and system")
    @Timespan(Timespan.NANOSECONDS)
    final long totalCpuTime;

    @Label("Total Apportioned CPU Time")
    @Description("What of the total was measured for several containers together, and apportioned")
    @Timespan(Timespan.NANOSECONDS)
    final long totalApportionedCpuTime;

    @Label("Total Allocated")
    @Description(
            "Heap bytes ever allocated; what running threads have not charged yet is estimated, and can be too low")
    @DataAmount(DataAmount.BYTES)
    final long totalAllocated;

    @Label("Settled Allocated")
    @Description("The exact part of the total: charged by threads at their last switch or end")
    @DataAmount(DataAmount.BYTES)
    final long settledAllocated;

    @Label("Total Queued Time")
    @Description("Waits that ever ended, of ready virtual threads and of tasks")
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
