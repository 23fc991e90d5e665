package io.corral.events.jfr;

import io.corral.LimitExceeded;
import io.corral.Limits;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.LimitExceeded")
@Label("Container Limit Exceeded")
@Description("A container has exceeded a limit; at most one event a second for each container")
final class LimitExceededEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container that has the limit")
    final String container;

    @Label("Control")
    @Description("The limit as a line of the rules calls it, such as cpu.max")
    final String control;

    @Label("Limit")
    @Description("Requests or threads; for cpu.max nanoseconds of CPU time a second; for fair the"
            + " number of requests that may run")
    final long limit;

    @Label("Use")
    @Description("What was in use, in the same unit")
    final long use;

    @Label("Mode")
    @Description("What the limit does: enforce, or monitor if it only counts")
    final String mode;

    LimitExceededEvent(LimitExceeded exceeded) {
        this.hierarchy = exceeded.container().hierarchy().name();
        this.container = exceeded.container().path();
        this.control = exceeded.control();
        this.limit = exceeded.limit();
        this.use = exceeded.use();
        this.mode = exceeded.mode() == Limits.Mode.MONITOR ? "monitor" : "enforce";
    }
}
