package io.corral.events.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

/**
 * It is another event than {@link ResidencyEvent} because another thread commits it: tools show a
 * residency as context of the thread that commits it.
 */
@Name("corral.OpenResidency")
@Label("Open Container Residency")
@Description(
        "A stay that did not end by a switch: it is open at the end of the recording, or it is the"
                + " last one of a virtual thread")
@Period("everyChunk")
final class OpenResidencyEvent extends CorralEvent {

    @Label("Java Thread Id")
    @Description("The ID of the thread")
    final long javaThreadId;

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container in which the thread worked")
    final String container;

    @Label("Stayed")
    @Description("Duration of the stay up to the time of this event")
    @Timespan(Timespan.NANOSECONDS)
    final long stayed;

    OpenResidencyEvent(long javaThreadId, ResidencyEvent stay) {
        this.javaThreadId = javaThreadId;
        this.hierarchy = stay.hierarchy;
        this.container = stay.container;
        this.stayed = System.nanoTime() - stay.beganNanoTime;
    }
}
