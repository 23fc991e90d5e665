package io.corral.events.jfr;

import io.corral.Container;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.LimitChange")
@Label("Container Limit Change")
@Description("A limit of a container was set, changed or lifted")
final class LimitChangeEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container that has the limit")
    final String container;

    @Label("Control")
    @Description("The limit as a line of the rules calls it, such as cpu.max")
    final String control;

    @Label("Old Value")
    @Description("The value before; none if it was not set")
    final String oldValue;

    @Label("New Value")
    @Description("The value now; none if it was lifted")
    final String newValue;

    @Label("Origin")
    @Description("What has set the limit: a line of the rules, code or a command; if it was lifted,"
            + " what had set it before")
    final String origin;

    LimitChangeEvent(
            Container container, String control, String oldValue, String newValue, String origin) {
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
        this.control = control;
        this.oldValue = oldValue;
        this.newValue = newValue;
        this.origin = origin;
    }
}
