package io.corral.events.jfr;

import io.corral.Snapshot;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

@Name("corral.Reconciliation")
@Label("CPU Time Reconciliation")
@Description("CPU time of the process since Corral began to count, and its parts")
@Period("1 s")
final class ReconciliationEvent extends CorralEvent {

    @Label("Process CPU Time")
    @Description("CPU time of the process, as the operating system counts it: in steps of 10 ms on"
            + " Linux")
    @Timespan(Timespan.NANOSECONDS)
    final long processCpuTime;

    @Label("Container CPU Time")
    @Description("CPU time charged to the containers of the hierarchy main")
    @Timespan(Timespan.NANOSECONDS)
    final long containerCpuTime;

    @Label("VM CPU Time")
    @Description(
            "CPU time of the JVM's own threads: the garbage collector, the compilers and others")
    @Timespan(Timespan.NANOSECONDS)
    final long vmCpuTime;

    @Label("Own CPU Time (Estimated)")
    @Description(
            "CPU time of Corral's hooks and readings, by sampling; it is charged to containers, so"
                    + " it is a part of their CPU time")
    @Timespan(Timespan.NANOSECONDS)
    final long ownCpuTime;

    @Label("Unattributed CPU Time")
    @Description("CPU time of the process that is in none of the other parts; most of it is what"
            + " ending threads use, 30 to 200 us each; may be negative")
    @Timespan(Timespan.NANOSECONDS)
    final long unattributedCpuTime;

    ReconciliationEvent(Snapshot snapshot) {
        this.processCpuTime = snapshot.processCpuNanos();
        this.containerCpuTime = snapshot.containerCpuNanos();
        this.vmCpuTime = snapshot.jvmCpuNanos();
        this.ownCpuTime = snapshot.ownCpuNanos();
        this.unattributedCpuTime = snapshot.unattributedCpuNanos();
    }
}
