package io.corral.tools.view;

import io.corral.Usage;
import io.corral.tools.reading.Row;

import org.jspecify.annotations.Nullable;

/**
 * A container, and what it used a second between two readings. A rate is NaN where it is unknown.
 *
 * @param cpus how many CPUs it kept busy
 * @param bytes allocated a second
 * @param starts threads started a second
 * @param queued how many of its ready threads and tasks waited on average
 */
public record Rate(Row row, double cpus, double bytes, double starts, double queued) {

    private static final double NANOS = 1e9;

    /**
     * @param before the same container earlier; null if it was made since then
     * @param seconds between the readings; 0 if there was no earlier one
     */
    static Rate of(Row row, @Nullable Row before, double seconds) {
        return new Rate(
                row,
                rate(row.cpuNanos(), before == null ? 0 : before.cpuNanos(), seconds) / NANOS,
                rate(row.allocatedBytes(), before == null ? 0 : before.allocatedBytes(), seconds),
                rate(row.forks(), before == null ? 0 : before.forks(), seconds),
                rate(row.queuedNanos(), before == null ? 0 : before.queuedNanos(), seconds)
                        / NANOS);
    }

    /** The share of the time in which work was ready that it waited. */
    double queuedShare() {
        return share(queued, cpus);
    }

    /** As {@link #queuedShare}, since the start of the JVM. */
    double queuedShareOfTotal() {
        return Usage.isKnown(row.queuedNanos()) && Usage.isKnown(row.cpuNanos())
                ? share((double) row.queuedNanos(), (double) row.cpuNanos())
                : Double.NaN;
    }

    private static double share(double queued, double ran) {
        return queued + ran > 0 ? queued / (queued + ran) : queued + ran;
    }

    static double rate(long now, long before, double seconds) {
        return Usage.isKnown(now) && Usage.isKnown(before) && seconds > 0
                ? (now - before) / seconds
                : Double.NaN;
    }
}
