package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Usage;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;

@Name("corral.ContainerTotal")
@Label("Container Total")
@Description(
        "The usage of a container and of those below it: for all containers at the beginning and"
                + " the end of a recording, and in between for those that have changed")
@Period("everyChunk")
final class ContainerTotalEvent extends UsageTotalsEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The container's path")
    final String container;

    ContainerTotalEvent(Container container, Usage usage) {
        super(usage);
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
    }
}
