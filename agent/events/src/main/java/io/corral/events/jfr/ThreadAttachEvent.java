package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ThreadAttach")
@Label("Container Thread Attach")
@Description("A live thread was moved to another container, by the thread that committed the event")
final class ThreadAttachEvent extends CorralEvent {

    @Label("Thread")
    final Thread thread;

    @Label("Hierarchy")
    final String hierarchy;

    @Label("From")
    @Description("The path of the container of which it was a member")
    final String from;

    @Label("To")
    @Description("The path of the container of which it is a member now")
    final String to;

    ThreadAttachEvent(Thread thread, Container from, Container to) {
        this.thread = thread;
        this.hierarchy = to.hierarchy().name();
        this.from = from.path();
        this.to = to.path();
    }
}
