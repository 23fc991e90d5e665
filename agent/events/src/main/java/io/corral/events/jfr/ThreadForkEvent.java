package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.jdk.Jdk;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ThreadFork")
@Label("Container Thread Fork")
@Description("A platform thread was started, by the thread that committed the event")
final class ThreadForkEvent extends CorralEvent {

    @Label("Java Thread Id")
    final long javaThreadId;

    @Label("Thread Name")
    final String threadName;

    @Label("Parent Thread")
    final Thread parentThread;

    @Label("Container")
    @Description("The path of the container in which the thread was born, in the hierarchy main")
    final String container;

    @Label("Rule")
    @Description("What chose the container: explicit, jvm, the file and line of a rule, or inherit")
    final String rule;

    ThreadForkEvent(Thread thread, Container container, String rule) {
        this.javaThreadId = Jdk.id(thread);
        this.threadName = thread.getName();
        this.parentThread = Thread.currentThread();
        this.container = container.path();
        this.rule = rule;
    }
}
