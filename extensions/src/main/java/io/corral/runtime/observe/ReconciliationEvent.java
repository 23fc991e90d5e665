package io.corral.runtime.observe;

import io.corral.Snapshot;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

@Name("corral.Reconciliation")
@Label("CPU Time Reconciliation")
@Description(
        "All that the process has used since Corral counts, held against what is accounted for")
@Period("1 s")
final class ReconciliationEvent extends CorralEvent {

    @Label("Process CPU Time")
    @Description("As the operating system counts it, in steps of 10 ms on Linux")
    @Timespan(Timespan.NANOSECONDS)
    final long processCpuTime;

    @Label("Container CPU Time")
    @Description("Charged to containers, of the whole hierarchy main")
    @Timespan(Timespan.NANOSECONDS)
    final long containerCpuTime;

    @Label("VM CPU Time")
    @Description("Of the garbage collector, the compilers and the other threads of the JVM's own")
    @Timespan(Timespan.NANOSECONDS)
    final long vmCpuTime;

    @Label("Teardown CPU Time (Estimated)")
    @Description(
            "Of platform threads after their last reading: what probes use, times their number")
    @Timespan(Timespan.NANOSECONDS)
    final long teardownCpuTime;

    @Label("Own CPU Time (Estimated)")
    @Description(
            "Of hooks and readings, by sampling; containers are charged for it, so it is a part of theirs")
    @Timespan(Timespan.NANOSECONDS)
    final long ownCpuTime;

    @Label("Unattributed CPU Time")
    @Description(
            "What nothing else here explains, the teardown while it is unknown; may be below zero")
    @Timespan(Timespan.NANOSECONDS)
    final long unattributedCpuTime;

    ReconciliationEvent(Snapshot snapshot) {
        this.processCpuTime = snapshot.processCpuNanos();
        this.containerCpuTime = snapshot.containerCpuNanos();
        this.vmCpuTime = snapshot.jvmCpuNanos();
        this.teardownCpuTime = snapshot.teardownCpuNanos();
        this.ownCpuTime = snapshot.ownCpuNanos();
        this.unattributedCpuTime = snapshot.unattributedCpuNanos();
    }
}
