package io.corral.jmc;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The readings of one container, with those below it, in the events of a recording. */
final class ContainerReadings {

    private final Growth cpu = new Growth();
    private final Growth queued = new Growth();
    private final Growth waits = new Growth();
    private final NavigableMap<Long, Long> waiting = new TreeMap<>();
    private final NavigableMap<Long, Long> liveThreads = new TreeMap<>();

    Growth cpu() {
        return cpu;
    }

    /** The queued time. It has no readings if the recording has none. */
    Growth queued() {
        return queued;
    }

    /** The number of waits that have ended. It has no readings if the recording has none. */
    Growth waits() {
        return waits;
    }

    /** Adds the number of threads and tasks that wait at a time. */
    void addWaiting(long nanos, long now) {
        waiting.put(nanos, now);
    }

    /** The number at the end of the recording. */
    long waitingAtEnd() {
        return waiting.isEmpty() ? 0 : waiting.lastEntry().getValue();
    }

    void created() {
        cpu.beginAtZero();
        queued.beginAtZero();
        waits.beginAtZero();
    }

    void addLiveThreads(long nanos, long live) {
        liveThreads.put(nanos, live);
    }

    /** The live threads of both kinds in the last reading up to a time, or null. */
    private @Nullable Long threadsAt(long nanos) {
        Map.Entry<Long, Long> last = liveThreads.floorEntry(nanos);
        return last == null ? null : last.getValue();
    }

    /** The time of the middle one of the readings; 0 if there are no readings. */
    long middleNanos() {
        return liveThreads.keySet().stream()
                .skip(liveThreads.size() / 2)
                .findFirst()
                .orElse(0L);
    }

    /**
     * By how many threads the number at the end exceeds the one in the middle of the recording, if
     * the number never fell. A pool that fills up at the start no longer grows in the second half.
     *
     * @return 0 if the number fell at any time
     */
    long threadGrowth(long middleNanos) {
        long before = 0;
        for (long live : liveThreads.values()) {
            if (live < before) {
                return 0;
            }
            before = live;
        }
        Long middle = threadsAt(middleNanos);
        return before - (middle == null ? 0 : middle);
    }

    /** The readings of a total that grows. */
    static final class Growth {

        private static final long UNKNOWN = Long.MIN_VALUE;

        private final NavigableMap<Long, Long> totals = new TreeMap<>();
        private boolean beganAtZero;
        private long firstDelta;

        /**
         * @param nanos when it was read
         * @param delta the part of the total that was used since the previous reading
         */
        void addTotal(long nanos, long total, long delta) {
            if (total == UNKNOWN) {
                return;
            }
            if (totals.isEmpty() || nanos < totals.firstKey()) {
                firstDelta = delta;
            }
            totals.merge(nanos, total, Math::max);
        }

        /** What the first reading has was used in the recording. */
        void beginAtZero() {
            beganAtZero = true;
        }

        boolean isKnown() {
            return !totals.isEmpty();
        }

        /** The growth during the recording. */
        long growth() {
            long sum = 0;
            long before = beganAtZero || totals.isEmpty()
                    ? 0
                    : totals.firstEntry().getValue() - firstDelta;
            for (long total : totals.values()) {
                // A total that falls belongs to another container with the same path, which began
                // at 0.
                sum += total < before ? total : total - before;
                before = total;
            }
            return sum;
        }
    }
}
