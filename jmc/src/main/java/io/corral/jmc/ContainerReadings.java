package io.corral.jmc;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the events of a recording say of one container and those below it. */
final class ContainerReadings {

    private final Growth cpu = new Growth();
    private final Growth queued = new Growth();
    private final NavigableMap<Long, Long> liveThreads = new TreeMap<>();

    Growth cpu() {
        return cpu;
    }

    /** Has no readings if the recording has no queued time. */
    Growth queued() {
        return queued;
    }

    void created() {
        cpu.beganAtZero();
        queued.beganAtZero();
    }

    void threads(long nanos, long live) {
        liveThreads.put(nanos, live);
    }

    /** Live threads of both kinds when that was last recorded up to then, or null. */
    private @Nullable Long threadsAt(long nanos) {
        Map.Entry<Long, Long> last = liveThreads.floorEntry(nanos);
        return last == null ? null : last.getValue();
    }

    /** When the middle one of the readings was taken; 0 if there are none. */
    long middleNanos() {
        return liveThreads.keySet().stream()
                .skip(liveThreads.size() / 2)
                .findFirst()
                .orElse(0L);
    }

    /**
     * How many threads there were more at the end than in the middle of the recording, if they
     * never became fewer. A pool that fills up at the start has ended to grow by then.
     *
     * @return 0 if they once became fewer
     */
    long threadsGrown(long middleNanos) {
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

    /** Readings of a total that grows. */
    static final class Growth {

        private static final long UNKNOWN = Long.MIN_VALUE;

        private final NavigableMap<Long, Long> totals = new TreeMap<>();
        private boolean beganAtZero;
        private long firstDelta;

        /**
         * @param nanos when it was read
         * @param delta what of the total was used since the reading before
         */
        void at(long nanos, long total, long delta) {
            if (total == UNKNOWN) {
                return;
            }
            if (totals.isEmpty() || nanos < totals.firstKey()) {
                firstDelta = delta;
            }
            totals.merge(nanos, total, Math::max);
        }

        private void beganAtZero() {
            beganAtZero = true;
        }

        boolean isKnown() {
            return !totals.isEmpty();
        }

        /** What was used during the recording. */
        long nanos() {
            long sum = 0;
            long before = beganAtZero || totals.isEmpty()
                    ? 0
                    : totals.firstEntry().getValue() - firstDelta;
            for (long total : totals.values()) {
                // A total that falls is of another container with the same path, which began at 0.
                sum += total < before ? total : total - before;
                before = total;
            }
            return sum;
        }
    }
}
