package io.corral.events.jfr;

import io.corral.Usage;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Timespan;

/** The totals of a container and of those below it. JFR lists them after an event's own fields. */
abstract class UsageTotalsEvent extends CorralEvent {

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
            "Total duration of waits, also of those that have not ended: of virtual threads for a"
                    + " carrier, and of tasks in a queue")
    @Timespan(Timespan.NANOSECONDS)
    final long totalQueuedTime;

    @Label("Total Waits")
    @Description("Waits that have ended: of virtual threads for a carrier, and of tasks in a queue;"
            + " -1 if unknown")
    final long totalWaits;

    @Label("Waiting")
    @Description("Virtual threads that wait for a carrier now, and tasks that wait in a queue; -1"
            + " if unknown")
    final long waiting;

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

    UsageTotalsEvent(Usage usage) {
        this.totalCpuTime = usage.cpuNanos();
        this.totalApportionedCpuTime = usage.apportionedCpuNanos();
        this.totalAllocated = usage.allocatedBytes();
        this.settledAllocated = usage.settledAllocatedBytes();
        this.totalQueuedTime = usage.queuedNanos();
        this.totalWaits = orMinusOne(usage.waits());
        this.waiting = orMinusOne(usage.waiting());
        this.threads = usage.threads();
        this.virtualThreads = usage.virtualThreads();
        this.forks = usage.forks();
        this.exits = usage.exits();
    }
}
