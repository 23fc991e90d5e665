package io.corral.runtime.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

/**
 * Apart from {@link ResidencyEvent}, because another thread commits it, and tools show a residency
 * as the context of the thread that commits it.
 */
@Name("corral.OpenResidency")
@Label("Open Container Residency")
@Description(
        "A stay that no switch has ended: it is open where the recording ends, or is the last of"
                + " a virtual thread")
@Period("everyChunk")
final class OpenResidencyEvent extends CorralEvent {

    @Label("Java Thread Id")
    @Description("Of the thread that stayed")
    final long javaThreadId;

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container the thread worked for")
    final String container;

    @Label("Stayed")
    @Description("How long the stay was until the time of this event")
    @Timespan(Timespan.NANOSECONDS)
    final long stayed;

    OpenResidencyEvent(long javaThreadId, ResidencyEvent stay) {
        this.javaThreadId = javaThreadId;
        this.hierarchy = stay.hierarchy;
        this.container = stay.container;
        this.stayed = System.nanoTime() - stay.beganNanoTime;
    }
}
