package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.notice.Observer.Spent;

import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.VirtualThreadExit")
@Label("Container Virtual Thread Exit")
@Description(
        "A virtual thread ended; the event is committed a little later, by one of Corral's threads")
@Enabled(false)
final class VirtualThreadExitEvent extends ExitEvent {

    VirtualThreadExitEvent(Thread thread, Container container, Spent spent) {
        super(thread, container, spent);
    }
}
