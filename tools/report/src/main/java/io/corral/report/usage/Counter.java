package io.corral.report.usage;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * The readings of a number that grows. A smaller reading than the previous one belongs to another
 * counter, which began at 0.
 */
final class Counter {

    static final NavigableSet<Long> NO_RESTARTS = Collections.emptyNavigableSet();

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** The events of one reading are committed within this time. */
    private static final long ONE_READING_NANOS = 50_000_000;

    private final NavigableMap<Long, Long> readings = new TreeMap<>();

    /** @param value {@code Long.MIN_VALUE} if it is not known */
    void add(long nanos, long value) {
        if (value != UNKNOWN) {
            readings.merge(nanos, value, Math::max);
        }
    }

    boolean isKnown() {
        return !readings.isEmpty();
    }

    /** Whether the first reading is of this time, or of an earlier one. */
    boolean isReadBy(long nanos) {
        return !readings.isEmpty() && readings.firstKey() <= nanos + ONE_READING_NANOS;
    }

    /**
     * The growth from the first reading to the last.
     *
     * @param restarts the times from which on readings are of another counter
     */
    double growth(boolean beganAtZero, NavigableSet<Long> restarts) {
        double sum = 0;
        Map.Entry<Long, Long> before = null;
        for (Map.Entry<Long, Long> reading : readings.entrySet()) {
            long base = before == null
                    ? (beganAtZero ? 0 : reading.getValue())
                    : base(before, reading, restarts);
            sum += reading.getValue() - base;
            before = reading;
        }
        return sum;
    }

    /** From which value on the second of two readings has grown. */
    private static long base(
            Map.Entry<Long, Long> before,
            Map.Entry<Long, Long> reading,
            NavigableSet<Long> restarts) {
        Long restart = restarts.lower(reading.getKey());
        boolean isAnother = restart != null && restart >= before.getKey();
        return isAnother || reading.getValue() < before.getValue() ? 0 : before.getValue();
    }

    /**
     * The growth in each bucket. The growth between two readings is divided evenly among the time
     * since the tick before the second one.
     *
     * @param ticks the times of readings; there is no value for a tick at which the number had not
     *     grown
     */
    double[] buckets(
            TimeAxis axis,
            NavigableSet<Long> ticks,
            boolean beganAtZero,
            NavigableSet<Long> restarts) {
        double[] buckets = new double[axis.count()];
        Map.Entry<Long, Long> before = null;
        for (Map.Entry<Long, Long> reading : readings.entrySet()) {
            if (before != null || beganAtZero) {
                long base = before == null ? 0 : base(before, reading, restarts);
                double grown = reading.getValue() - base;
                Long tick = ticks.lower(reading.getKey() - ONE_READING_NANOS);
                long from = tick == null ? reading.getKey() : tick;
                axis.spread(buckets, from, reading.getKey(), grown);
            }
            before = reading;
        }
        return buckets;
    }
}
