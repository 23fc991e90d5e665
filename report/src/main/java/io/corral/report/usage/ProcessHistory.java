package io.corral.report.usage;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the process has used over time, and where that went. */
public final class ProcessHistory {

    private final NavigableSet<Long> ticks = new TreeSet<>();
    private final Counter process = new Counter();
    private final Counter containers = new Counter();
    private final Counter jvm = new Counter();
    private final Counter teardown = new Counter();
    private final Counter own = new Counter();

    public void at(
            long nanos,
            long processNanos,
            long containerNanos,
            long jvmNanos,
            long teardownNanos,
            long ownNanos) {
        ticks.add(nanos);
        process.at(nanos, processNanos);
        containers.at(nanos, containerNanos);
        jvm.at(nanos, jvmNanos);
        teardown.at(nanos, teardownNanos);
        own.at(nanos, ownNanos);
    }

    public boolean isKnown() {
        return process.isKnown();
    }

    /** CPU nanoseconds of the process, by bucket. */
    public double[] buckets(TimeAxis axis) {
        return process.buckets(axis, ticks, false);
    }

    /** CPU nanoseconds; null if not known. */
    public @Nullable Double processNanos() {
        return growth(process);
    }

    /** Charged to containers. */
    public @Nullable Double containerNanos() {
        return growth(containers);
    }

    /** The JVM's own threads. */
    public @Nullable Double jvmNanos() {
        return growth(jvm);
    }

    /** An estimate: threads after their last reading. */
    public @Nullable Double teardownNanos() {
        return growth(teardown);
    }

    /** An estimate: Corral's hooks and readings, a part of the containers' time. */
    public @Nullable Double ownNanos() {
        return growth(own);
    }

    /** What nothing else explains; may be negative. */
    public @Nullable Double unattributedNanos() {
        Double all = processNanos();
        Double charged = containerNanos();
        Double ofJvm = jvmNanos();
        if (all == null || charged == null || ofJvm == null) {
            return null;
        }
        Double ended = teardownNanos();
        return all - charged - ofJvm - (ended == null ? 0 : ended);
    }

    private static @Nullable Double growth(Counter counter) {
        return counter.isKnown() ? counter.growth(false) : null;
    }
}
