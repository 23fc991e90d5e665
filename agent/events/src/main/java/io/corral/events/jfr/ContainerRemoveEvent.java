package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Usage;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("corral.ContainerRemove")
@Label("Container Remove")
@Description("A container was removed; its usage stays in its parent's totals")
final class ContainerRemoveEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    @Label("Total CPU Time")
    @Description("CPU time charged to the container before its removal, user and system")
    @Timespan(Timespan.NANOSECONDS)
    final long totalCpuTime;

    @Label("Total Apportioned CPU Time")
    @Description("The part of the total that was measured for several containers together, and"
            + " apportioned")
    @Timespan(Timespan.NANOSECONDS)
    final long totalApportionedCpuTime;

    @Label("Total Allocated")
    @Description("Heap bytes ever allocated, not bytes in use")
    @DataAmount(DataAmount.BYTES)
    final long totalAllocated;

    @Label("Total Queued Time")
    @Description(
            "Total duration of waits, also of those that have not ended: of virtual threads for a"
                    + " carrier, and of tasks in a queue")
    @Timespan(Timespan.NANOSECONDS)
    final long totalQueuedTime;

    @Label("Total Waits")
    @Description("Waits that have ended: of virtual threads for a carrier, and of tasks in a queue;"
            + " -1 if unknown")
    final long totalWaits;

    @Label("Forks")
    @Description("Threads of both kinds that were born here or below")
    final long forks;

    @Label("Exits")
    @Description("Threads of both kinds that ended here or below")
    final long exits;

    ContainerRemoveEvent(Container container, Usage usage) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
        this.totalCpuTime = usage.cpuNanos();
        this.totalApportionedCpuTime = usage.apportionedCpuNanos();
        this.totalAllocated = usage.allocatedBytes();
        this.totalQueuedTime = usage.queuedNanos();
        this.totalWaits = orMinusOne(usage.waits());
        this.forks = usage.forks();
        this.exits = usage.exits();
    }
}
