package io.corral.events.jfr;

import io.corral.Container;
import io.corral.runtime.jdk.Contextual;

import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("corral.Residency")
@Label("Container Residency")
@Description("A thread's stay in one container, from one switch to the next")
@Enabled(false)
@Threshold("10 ms")
final class ResidencyEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Contextual
    @Label("Container")
    @Description("The path of the container in which the thread worked")
    final String container;

    /** Not a part of the event: when the stay began, by {@link System#nanoTime()}. */
    final transient long beganNanoTime = System.nanoTime();

    ResidencyEvent(Container container) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
