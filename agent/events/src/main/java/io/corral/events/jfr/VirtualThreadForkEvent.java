package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.VirtualThreadFork")
@Label("Container Virtual Thread Fork")
@Description("A virtual thread was started, by the thread that committed the event")
@Enabled(false)
final class VirtualThreadForkEvent extends ForkEvent {

    VirtualThreadForkEvent(Thread thread, Container container, String rule) {
        super(thread, container, rule);
    }
}
