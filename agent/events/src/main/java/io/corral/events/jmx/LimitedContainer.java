package io.corral.events.jmx;

import io.corral.LimitStat;
import io.corral.runtime.control.LimitText;

import java.util.List;
import java.util.function.Function;

/**
 * A container with limits: what is set, and what the limits have done. The elements of the arrays
 * at one index are of one control. The class is public for JMX, which creates composite data from
 * the getters.
 */
public final class LimitedContainer {

    private final String hierarchy;
    private final String path;
    private final List<LimitText> limits;
    private final LimitStat stat;

    LimitedContainer(String hierarchy, String path, List<LimitText> limits, LimitStat stat) {
        this.hierarchy = hierarchy;
        this.path = path;
        this.limits = limits;
        this.stat = stat;
    }

    public String getHierarchy() {
        return hierarchy;
    }

    public String getPath() {
        return path;
    }

    /** Such as {@code requests.max}. */
    public String[] getControls() {
        return column(LimitText::control);
    }

    /** Each control as a line of the rules file has it, such as {@code requests.max 10 wait 2s}. */
    public String[] getLimits() {
        return column(LimitText::text);
    }

    /** {@code enforce} or {@code monitor}; empty for a weight. */
    public String[] getModes() {
        return column(LimitText::mode);
    }

    /** The line of the rules file, {@code code} or {@code command}. */
    public String[] getOrigins() {
        return column(LimitText::origin);
    }

    private String[] column(Function<LimitText, String> value) {
        return limits.stream().map(value).toArray(String[]::new);
    }

    /** Requests that run or wait now. */
    public long getRequests() {
        return stat.requests();
    }

    public long getPeakRequests() {
        return stat.peakRequests();
    }

    /** Threads that wait at the door now, and virtual threads that wait for their turn. */
    public long getWaiting() {
        return stat.waiting();
    }

    /** Requests that were let in. */
    public long getAdmitted() {
        return stat.admitted();
    }

    /** Requests that had to wait. */
    public long getWaited() {
        return stat.waited();
    }

    /** The time of these waits, in nanoseconds. */
    public long getWaitedNanos() {
        return stat.waitedNanos();
    }

    /** Requests that were refused. */
    public long getShed() {
        return stat.shed();
    }

    /** Requests that were let in over a limit. */
    public long getOver() {
        return stat.over();
    }

    /** Requests whose end was not seen. */
    public long getLost() {
        return stat.lost();
    }

    /** Requests that a limit in monitor mode would have let wait. */
    public long getWouldWait() {
        return stat.wouldWait();
    }

    /** Requests that a limit in monitor mode would have refused. */
    public long getWouldShed() {
        return stat.wouldShed();
    }

    /** Live threads; 0 without {@code threads.max}. */
    public long getThreads() {
        return stat.threads();
    }

    public long getPeakThreads() {
        return stat.peakThreads();
    }

    /** Starts that this container's {@code threads.max} has refused. */
    public long getRefusedStarts() {
        return stat.refusedStarts();
    }

    /** Starts that it or one below it has refused. */
    public long getRefusedStartsBelow() {
        return stat.refusedStartsBelow();
    }

    /** Starts that it would have refused in monitor mode. */
    public long getWouldRefuseStarts() {
        return stat.wouldRefuseStarts();
    }
}
