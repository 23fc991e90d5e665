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
final class ContainerUsageEvent extends UsageTotalsEvent {

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
            "Duration of waits since the previous event of this type, also of those that have not"
                    + " ended: of virtual threads for a carrier, and of tasks in a queue")
    @Timespan(Timespan.NANOSECONDS)
    final long queuedTime;

    @Label("Waits")
    @Description("Waits that ended since the previous event of this type; -1 if unknown")
    final long waits;

    @Label("Mean Wait")
    @Description("Queued time divided by the number of waits that ended since the previous event or"
            + " have not ended; unknown if there were none")
    @Timespan(Timespan.NANOSECONDS)
    final long meanWait;

    /** @param last the usage at the time of the last events */
    ContainerUsageEvent(Container container, Usage usage, Usage last) {
        super(usage);
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
        this.cpuTime = since(last.cpuNanos(), usage.cpuNanos());
        this.apportionedCpuTime = since(last.apportionedCpuNanos(), usage.apportionedCpuNanos());
        this.allocated = since(last.allocatedBytes(), usage.allocatedBytes());
        this.queuedTime = since(last.queuedNanos(), usage.queuedNanos());
        this.waits = orMinusOne(since(last.waits(), usage.waits()));
        long all = waits < 0 ? 0 : waits + usage.waiting();
        this.meanWait = all > 0 ? queuedTime / all : Usage.UNKNOWN;
    }

    private static long since(long last, long now) {
        return Usage.isKnown(last) && Usage.isKnown(now) ? now - last : Usage.UNKNOWN;
    }
}
