package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Usage;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

@Name("corral.ContainerTotal")
@Label("Container Total")
@Description(
        "The usage of a container and of those below it: for all containers at the beginning and"
                + " the end of a recording, and in between for those that have changed")
@Period("everyChunk")
final class ContainerTotalEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

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

    ContainerTotalEvent(Container container, Usage usage) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
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
}
