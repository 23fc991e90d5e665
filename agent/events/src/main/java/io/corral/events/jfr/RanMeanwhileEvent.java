package io.corral.events.jfr;

import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.contention.Contention;
import io.corral.runtime.contention.RanMeanwhile;
import java.util.List;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("corral.RanMeanwhile")
@Label("Ran Meanwhile")
@Description("A container whose ready threads waited for a CPU since the previous event of this"
        + " type, and the three others that used most CPU time meanwhile")
@Period("1 s")
final class RanMeanwhileEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container that waited")
    final String container;

    @Label("Waited Time")
    @Description("How long its ready threads waited for a CPU, summed over the threads")
    @Timespan(Timespan.NANOSECONDS)
    final long waitedTime;

    @Label("First")
    @Description("The path of the container that used most CPU time meanwhile; null if there is"
            + " none, as in the next two")
    final @Nullable String first;

    @Label("First Time")
    @Description("The part of the waited time that goes to it")
    @Timespan(Timespan.NANOSECONDS)
    final long firstTime;

    @Label("Second")
    final @Nullable String second;

    @Label("Second Time")
    @Timespan(Timespan.NANOSECONDS)
    final long secondTime;

    @Label("Third")
    final @Nullable String third;

    @Label("Third Time")
    @Timespan(Timespan.NANOSECONDS)
    final long thirdTime;

    private RanMeanwhileEvent(String hierarchy, RanMeanwhile waits) {
        this.hierarchy = hierarchy;
        this.container = waits.path();
        this.waitedTime = (long) waits.waitedNanos();
        this.first = path(waits.others(), 0);
        this.firstTime = nanos(waits.others(), 0);
        this.second = path(waits.others(), 1);
        this.secondTime = nanos(waits.others(), 1);
        this.third = path(waits.others(), 2);
        this.thirdTime = nanos(waits.others(), 2);
    }

    private static @Nullable String path(List<RanMeanwhile.Other> others, int index) {
        return index < others.size() ? others.get(index).path() : null;
    }

    private static long nanos(List<RanMeanwhile.Other> others, int index) {
        return index < others.size() ? (long) others.get(index).nanos() : 0;
    }

    /** Called each period. */
    static void commitAll() {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            for (RanMeanwhile each : Contention.takeUnrecorded(hierarchy)) {
                new RanMeanwhileEvent(hierarchy.name(), each).commit();
            }
        }
    }
}
