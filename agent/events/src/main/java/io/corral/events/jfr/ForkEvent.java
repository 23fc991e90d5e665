package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.jdk.Jdk;

import jdk.jfr.Description;
import jdk.jfr.Label;

/** What the events for both kinds of started threads have. */
abstract class ForkEvent extends CorralEvent {

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
    @Description(
            "What chose the container: explicit, jvm, inherit, or a rule's file, line and text")
    final String rule;

    ForkEvent(Thread thread, Container container, String rule) {
        this.javaThreadId = Jdk.id(thread);
        this.threadName = thread.getName();
        this.parentThread = Thread.currentThread();
        this.container = container.path();
        this.rule = rule;
    }
}
