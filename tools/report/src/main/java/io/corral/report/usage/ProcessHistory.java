package io.corral.report.usage;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The CPU time of the process over time, and its parts. */
public final class ProcessHistory {

    private final NavigableSet<Long> ticks = new TreeSet<>();
    private final Counter process = new Counter();
    private final Counter containers = new Counter();
    private final Counter jvm = new Counter();
    private final Counter own = new Counter();

    public void add(
            long nanos, long processNanos, long containerNanos, long jvmNanos, long ownNanos) {
        ticks.add(nanos);
        process.add(nanos, processNanos);
        containers.add(nanos, containerNanos);
        jvm.add(nanos, jvmNanos);
        own.add(nanos, ownNanos);
    }

    public boolean isKnown() {
        return process.isKnown();
    }

    /** CPU nanoseconds of the process, by bucket. */
    public double[] buckets(TimeAxis axis) {
        return process.buckets(axis, ticks, false, Counter.NO_RESTARTS);
    }

    /**
     * CPU nanoseconds of the process during the recording; null if not known. The same holds for
     * the parts below.
     */
    public @Nullable Double processNanos() {
        return growth(process);
    }

    /** The part that was charged to containers. */
    public @Nullable Double containerNanos() {
        return growth(containers);
    }

    /** The part of the JVM's own threads. */
    public @Nullable Double jvmNanos() {
        return growth(jvm);
    }

    /**
     * The part of Corral's hooks and readings: an estimate. It is included in the containers' part.
     */
    public @Nullable Double ownNanos() {
        return growth(own);
    }

    /**
     * What is in no other part. It is computed, because recordings of earlier versions have an
     * estimate of the end of threads, which their field {@code unattributedCpuTime} leaves out. It
     * may be negative.
     */
    public @Nullable Double unattributedNanos() {
        Double all = processNanos();
        Double charged = containerNanos();
        Double ofJvm = jvmNanos();
        if (all == null || charged == null || ofJvm == null) {
            return null;
        }
        return all - charged - ofJvm;
    }

    private static @Nullable Double growth(Counter counter) {
        return counter.isKnown() ? counter.growth(false, Counter.NO_RESTARTS) : null;
    }
}
