package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;

import org.jspecify.annotations.Nullable;

/**
 * A container, and its usage by second between two readings. An unknown rate is NaN.
 *
 * @param cpus the number of CPUs that it kept busy
 * @param bytesPerSecond the allocated bytes
 * @param startsPerSecond the started threads
 * @param queued the average number of its ready threads and tasks that waited
 */
public record Rate(
        Row row, double cpus, double bytesPerSecond, double startsPerSecond, double queued) {

    private static final double NANOS = 1e9;

    /**
     * @param before the same container in the earlier reading; null if it was created since then
     * @param seconds the time between the readings; 0 if there was no earlier reading
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

    /** Queued time divided by the sum of queued time and CPU time, between the two readings. */
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
