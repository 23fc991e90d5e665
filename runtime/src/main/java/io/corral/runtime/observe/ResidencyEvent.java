package io.corral.runtime.observe;

import io.corral.Container;

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

    /** From JDK 25 on {@code jdk.jfr.Contextual} belongs here: only this package's loader can add it. */
    @Label("Container")
    @Description("The path of the container the thread worked for")
    final String container;

    ResidencyEvent(Container container) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
