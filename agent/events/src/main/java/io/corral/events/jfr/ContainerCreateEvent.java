package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.ContainerCreate")
@Label("Container Create")
@Description("A container was created")
final class ContainerCreateEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    ContainerCreateEvent(Container container) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
