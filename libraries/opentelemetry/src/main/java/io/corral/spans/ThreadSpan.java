package io.corral.spans;

import io.corral.Container;
import io.corral.Usage;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a span from its start on. Only the thread that started it writes it until the
 * span ends.
 *
 * <p>Its container is the one in which the thread stays longest, all stays added up. The home of
 * the thread counts only if there is no other one: the span of a request begins before its thread
 * enters a tenant, and ends after it has left. If another thread ends the span, it may miss the
 * last stay.
 */
public final class ThreadSpan {

    /**
     * Bounds what a span that ends can hold in memory if each span is the parent of the next one,
     * and none ends.
     */
    private static final int MAX_DEPTH = 64;

    private final ThreadReadings readings;
    private final Thread thread = Thread.currentThread();

    /** The span around this one on the same thread. Null after the end. */
    private @Nullable ThreadSpan parent;

    private final int depth;
    private final Container home;

    /** Where the thread works, and since when. */
    private Container place;

    private long since;

    /** Stays that have ended, but those at home. Null if there is none. */
    private @Nullable StayTimes stays;

    private @Nullable Usage usageAtStart;

    /** What the end has found. */
    private @Nullable SpanUsage result;

    /** @param around the span around this one, if any */
    public ThreadSpan(@Nullable ThreadSpan around, ThreadReadings readings) {
        this.readings = readings;
        if (around != null && around.thread == thread && around.depth < MAX_DEPTH) {
            this.parent = around;
            this.depth = around.depth + 1;
        } else {
            this.depth = 0;
        }
        this.place = readings.current();
        this.home = readings.home();
        this.since = readings.nanoTime();
    }

    /** Reads the clocks, after all other work. */
    public void begin() {
        usageAtStart = readings.usage();
    }

    /** Its thread now works in {@code to}; this span or one inside is current. */
    public void switched(Container to) {
        long now = readings.nanoTime();
        for (ThreadSpan each = this;
                each != null && each.thread == Thread.currentThread();
                each = each.parent) {
            each.switched(to, now);
        }
    }

    private void switched(Container to, long now) {
        endStay(now);
        place = to;
        since = now;
    }

    private void endStay(long now) {
        if (place != home) {
            StayTimes all = stays;
            if (all == null) {
                all = new StayTimes();
                stays = all;
            }
            all.add(place, now - since);
        }
    }

    /** The span has ended. Further calls return the same. */
    public SpanUsage end() {
        SpanUsage ended = result;
        if (ended == null) {
            ended = read();
            result = ended;
            parent = null;
        }
        return ended;
    }

    private SpanUsage read() {
        Usage start = usageAtStart;
        if (start == null || thread != Thread.currentThread()) {
            return new SpanUsage(
                    container(), Usage.UNKNOWN, Usage.UNKNOWN, "ended on another thread");
        }
        Usage end = readings.usage();
        long cpuNanos = difference(start.cpuNanos(), end.cpuNanos());
        long bytes = difference(start.allocatedBytes(), end.allocatedBytes());
        boolean isKnown = Usage.isKnown(cpuNanos) && Usage.isKnown(bytes);
        return new SpanUsage(
                container(), cpuNanos, bytes, isKnown ? null : "not measured on this thread");
    }

    private String container() {
        endStay(readings.nanoTime());
        return (stays == null ? home : stays.longest()).path();
    }

    private static long difference(long start, long end) {
        return Usage.isKnown(start) && Usage.isKnown(end) ? end - start : Usage.UNKNOWN;
    }
}
