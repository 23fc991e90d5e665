package io.corral.report.usage;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the limits of one container have done during a recording. */
public final class LimitHistory {

    /** Some more than the period of the events. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * What was counted up to one moment.
     *
     * @param limits the limits in force; in the counts of a recording those that have been, in turn
     * @param admitted requests that were let in, at once or after a wait
     * @param delayed requests that waited
     * @param waitedNanos the time of these waits
     * @param shed requests that were refused
     * @param refusedStarts starts of threads that were refused
     * @param monitored requests and starts that a limit in monitor mode would have delayed or
     *     refused
     */
    public record Counts(
            String limits,
            long peakRequests,
            long peakThreads,
            long admitted,
            long delayed,
            long waitedNanos,
            long shed,
            long over,
            long refusedStarts,
            long monitored) {

        private Counts since(String allLimits, Counts before) {
            return new Counts(
                    allLimits,
                    peakRequests,
                    peakThreads,
                    admitted - before.admitted,
                    delayed - before.delayed,
                    waitedNanos - before.waitedNanos,
                    shed - before.shed,
                    over - before.over,
                    refusedStarts - before.refusedStarts,
                    monitored - before.monitored);
        }
    }

    private static final Counts NOTHING = new Counts("", 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The limits in force from a time on. */
    private final NavigableMap<Long, String> limits = new TreeMap<>();

    private Counts first = NOTHING;
    private Counts last = NOTHING;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long firstSetNanos = Long.MAX_VALUE;

    /** Adds an event; a file has them in no order. */
    public void add(long nanos, Counts counts) {
        Map.Entry<Long, String> before = limits.floorEntry(nanos);
        if (before == null || !before.getValue().equals(counts.limits)) {
            limits.put(nanos, counts.limits);
        }
        if (nanos < firstNanos) {
            firstNanos = nanos;
            first = counts;
        }
        if (nanos > lastNanos) {
            lastNanos = nanos;
            last = counts;
        }
    }

    /** Notes that a limit was set where there was none before. */
    public void set(long nanos) {
        firstSetNanos = Math.min(firstSetNanos, nanos);
    }

    /** Whether there is an event with counts. */
    public boolean hasCounts() {
        return lastNanos != Long.MIN_VALUE;
    }

    /**
     * The counts of the recording. A container that got its first limit in it had counted nothing
     * before. Limits that have had nothing to do have no events. So those that have their first one
     * late had counted nothing before.
     *
     * @param start of the recording
     */
    public Counts counts(long start) {
        boolean isNew = firstSetNanos < firstNanos || firstNanos - start > LATE_NANOS;
        return last.since(limits(), isNew ? NOTHING : first);
    }

    private String limits() {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (String each : limits.values()) {
            if (!each.equals(before)) {
                text.append(text.length() == 0 ? "" : ", then ").append(each);
                before = each;
            }
        }
        return text.toString();
    }
}
