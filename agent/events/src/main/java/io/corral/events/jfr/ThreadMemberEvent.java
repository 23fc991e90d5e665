package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;

@Name("corral.ThreadMember")
@Label("Container Thread Member")
@Description("A live platform thread, at the beginning and end of a recording")
@Period("everyChunk")
final class ThreadMemberEvent extends CorralEvent {

    @Label("Java Thread Id")
    final long javaThreadId;

    @Label("Thread Name")
    final String threadName;

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container of which it is a member")
    final String container;

    ThreadMemberEvent(Thread thread, long threadId, Container container) {
        this.javaThreadId = threadId;
        this.threadName = thread.getName();
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
