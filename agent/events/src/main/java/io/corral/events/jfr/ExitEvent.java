package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.Observer.Spent;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Timespan;

/** The end of a thread of either kind. */
abstract class ExitEvent extends CorralEvent {

    @Label("Java Thread Id")
    final long javaThreadId;

    @Label("Thread Name")
    final String threadName;

    @Label("Container")
    @Description(
            "The path of the container of which the thread was a member, in the hierarchy main")
    final String container;

    @Label("CPU Time")
    @Description("CPU time of this thread in all containers, user and system; unknown for a virtual"
            + " thread that was created before its event was enabled")
    @Timespan(Timespan.NANOSECONDS)
    final long cpuTime;

    @Label("Allocated")
    @Description(
            "Heap bytes that this thread ever allocated, not bytes in use; unknown if the CPU time"
                    + " is unknown")
    @DataAmount(DataAmount.BYTES)
    final long allocated;

    @Label("Lifetime")
    @Description(
            "Time since the start of a platform thread, or since Corral first saw it, or since the"
                    + " creation of a virtual thread; unknown if the CPU time is unknown")
    @Timespan(Timespan.NANOSECONDS)
    final long lifetime;

    ExitEvent(Thread thread, Container container, Spent spent) {
        this.javaThreadId = Jdk.id(thread);
        this.threadName = thread.getName();
        this.container = container.path();
        this.cpuTime = spent.cpuNanos();
        this.allocated = spent.allocatedBytes();
        this.lifetime = spent.lifetimeNanos();
    }
}
