package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;

/**
 * A container, and its usage by second between two readings. An unknown rate is NaN.
 *
 * @param cpus the number of CPUs that it kept busy
 * @param bytesPerSecond the allocated bytes
 * @param startsPerSecond the started threads
 * @param queued the average number of its ready threads and tasks that waited
 * @param waitsPerSecond their waits that ended between the readings, and those that had not ended
 *     at the second one, divided by the time between the readings
 * @param gcCpus the number of CPUs that the garbage collector kept busy because of it; estimated
 * @param throttled the average number of requests that waited because of its limits. A wait counts
 *     when it ends
 * @param shedPerSecond the requests and starts of threads that its limits refused
 * @param jvm the JVM that has it; empty if there is only one, or if it is a sum over several
 * @param jvms how many JVMs have it; 0 if the number of JVMs was not asked for
 */
public record Rate(
        Row row,
        double cpus,
        double bytesPerSecond,
        double startsPerSecond,
        double queued,
        double waitsPerSecond,
        double gcCpus,
        double throttled,
        double shedPerSecond,
        String jvm,
        int jvms) {

    private static final double NANOS = 1e9;

    /** Tells the row from those of other containers and other JVMs. */
    public String key() {
        return keyOf(row.path());
    }

    /** The key of the container at another path, in the same JVM. */
    String keyOf(String path) {
        return jvm + path;
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

    /** The mean wait between the two readings, in nanoseconds; NaN if there was none. */
    double meanWaitNanos() {
        return mean(queued * NANOS, waitsPerSecond);
    }

    /** As {@link #meanWaitNanos}, since the start of the JVM. */
    double meanWaitNanosOfTotal() {
        return Usage.isKnown(row.queuedNanos()) && Usage.isKnown(row.waits())
                ? mean((double) row.queuedNanos(), (double) row.waits() + row.waiting())
                : Double.NaN;
    }

    private static double mean(double nanos, double waits) {
        return waits > 0 ? nanos / waits : Double.NaN;
    }

    private static double share(double queued, double ran) {
        return queued + ran > 0 ? queued / (queued + ran) : queued + ran;
    }
}
