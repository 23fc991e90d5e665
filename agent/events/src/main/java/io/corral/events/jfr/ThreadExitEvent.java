package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.notice.Observer.Spent;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ThreadExit")
@Label("Container Thread Exit")
@Description("A platform thread ended")
final class ThreadExitEvent extends ExitEvent {

    ThreadExitEvent(Thread thread, Container container, Spent spent) {
        super(thread, container, spent);
    }
}
