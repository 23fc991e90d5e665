package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ThreadFork")
@Label("Container Thread Fork")
@Description("A platform thread was started, by the thread that committed the event")
final class ThreadForkEvent extends ForkEvent {

    ThreadForkEvent(Thread thread, Container container, String rule) {
        super(thread, container, rule);
    }
}
