package io.corral.runtime.observe;

import io.corral.Container;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.Observer.Spent;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("corral.ThreadExit")
@Label("Container Thread Exit")
@Description("A platform thread ended")
final class ThreadExitEvent extends CorralEvent {

    @Label("Java Thread Id")
    final long javaThreadId;

    @Label("Thread Name")
    final String threadName;

    @Label("Container")
    @Description("The path of the container of the hierarchy main that the thread was a member of")
    final String container;

    @Label("CPU Time")
    @Description("Of this thread, user and system, wherever it was charged")
    @Timespan(Timespan.NANOSECONDS)
    final long cpuTime;

    @Label("Allocated")
    @Description("Heap bytes this thread ever allocated, which says nothing of what is retained")
    @DataAmount(DataAmount.BYTES)
    final long allocated;

    @Label("Lifetime")
    @Description("From the start of the thread, or from when Corral first saw it")
    @Timespan(Timespan.NANOSECONDS)
    final long lifetime;

    ThreadExitEvent(Thread thread, Container container, Spent spent) {
        this.javaThreadId = Jdk.id(thread);
        this.threadName = thread.getName();
        this.container = container.path();
        this.cpuTime = spent.cpuNanos();
        this.allocated = spent.allocatedBytes();
        this.lifetime = spent.lifetimeNanos();
    }
}
