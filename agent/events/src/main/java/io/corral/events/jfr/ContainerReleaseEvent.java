package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ContainerRelease")
@Label("Container Release")
@Description("The last member of a container, or of one below it, has left; only if a notice was"
        + " requested")
final class ContainerReleaseEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    ContainerReleaseEvent(Container container) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
