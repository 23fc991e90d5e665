package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Refusal;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

import org.jspecify.annotations.Nullable;

@Name("corral.ForkRefused")
@Label("Container Fork Refused")
@Description("A limit or a subsystem refused the start of a thread")
final class ForkRefusedEvent extends CorralEvent {

    @Label("Thread Name")
    final String threadName;

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container in which it would have been born")
    final String container;

    @Label("Subsystem")
    @Description("The name of the subsystem that refused, or threads.max")
    final String subsystem;

    @Label("Limited By")
    @Description("The path of the container that has the limit, or null if there was no limit")
    final @Nullable String limitedBy;

    @Label("Limit")
    @Description(
            "The limit, in threads or in the unit of the subsystem; unknown if there was no limit")
    final long limit;

    ForkRefusedEvent(Thread thread, Container container, String subsystem, Refusal refusal) {
        Container limitedBy = refusal.limitedBy();
        this.threadName = thread.getName();
        this.hierarchy = container.hierarchy().name();
        this.container = container.path();
        this.subsystem = subsystem;
        this.limitedBy = limitedBy == null ? null : limitedBy.path();
        this.limit = refusal.limit();
    }
}
