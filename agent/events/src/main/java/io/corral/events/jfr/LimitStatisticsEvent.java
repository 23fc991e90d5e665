package io.corral.events.jfr;

import io.corral.LimitStat;
import io.corral.runtime.control.ContainerControl;
import io.corral.runtime.control.Control;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Timespan;

@Name("corral.LimitStatistics")
@Label("Container Limit Statistics")
@Description("What the limits of a container have done since it got its first one, for each"
        + " container with a limit that had something to do")
@Period("1 s")
final class LimitStatisticsEvent extends CorralEvent {

    @Label("Hierarchy")
    final String hierarchy;

    @Label("Container")
    @Description("The path of the container that has the limits")
    final String container;

    @Label("Limits")
    @Description("The limits in force, as a line of the rules writes them")
    final String limits;

    @Label("Requests")
    @Description("Requests that run or wait now")
    final long requests;

    @Label("Peak Requests")
    @Description("The largest number of requests up to now")
    final long peakRequests;

    @Label("Waiting")
    @Description("Threads that wait now at the door of this container")
    final long waiting;

    @Label("Admitted")
    @Description("Requests that were let in, at once or after a wait")
    final long admitted;

    @Label("Waited")
    @Description("Requests that had to wait, and whose wait has ended")
    final long waited;

    @Label("Waited Time")
    @Description("The time of these waits")
    @Timespan(Timespan.NANOSECONDS)
    final long waitedTime;

    @Label("Shed")
    @Description("Requests that were refused")
    final long shed;

    @Label("Over")
    @Description("Requests and starts of threads that exceeded a limit and were let in")
    final long over;

    @Label("Lost")
    @Description("Requests whose end was not seen, and that were counted out later")
    final long lost;

    @Label("Would Wait")
    @Description("Requests that a limit in monitor mode would have let wait")
    final long wouldWait;

    @Label("Would Shed")
    @Description("Requests that a limit in monitor mode would have refused")
    final long wouldShed;

    @Label("Limited Threads")
    @Description("Live threads that count for threads.max; 0 without that limit")
    final long threads;

    @Label("Peak Threads")
    @Description("The largest number of these threads up to now")
    final long peakThreads;

    @Label("Refused Starts")
    @Description("Starts of threads that threads.max of this container has refused")
    final long refusedStarts;

    @Label("Would Refuse Starts")
    @Description("Starts that threads.max in monitor mode would have refused")
    final long wouldRefuseStarts;

    private LimitStatisticsEvent(ContainerControl control, LimitStat stat) {
        this.hierarchy = control.container().hierarchy().name();
        this.container = control.container().path();
        this.limits = control.text();
        this.requests = stat.requests();
        this.peakRequests = stat.peakRequests();
        this.waiting = stat.waiting();
        this.admitted = stat.admitted();
        this.waited = stat.waited();
        this.waitedTime = stat.waitedNanos();
        this.shed = stat.shed();
        this.over = stat.over();
        this.lost = stat.lost();
        this.wouldWait = stat.wouldWait();
        this.wouldShed = stat.wouldShed();
        this.threads = stat.threads();
        this.peakThreads = stat.peakThreads();
        this.refusedStarts = stat.refusedStarts();
        this.wouldRefuseStarts = stat.wouldRefuseStarts();
    }

    /** Called each period. */
    static void commitAll() {
        Control.forEachLimited(control -> {
            LimitStat stat = control.stat();
            if (!stat.equals(LimitStat.NONE)) {
                new LimitStatisticsEvent(control, stat).commit();
            }
        });
    }
}
