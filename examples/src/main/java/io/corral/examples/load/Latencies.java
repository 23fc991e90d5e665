package io.corral.examples.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each answer took, in nanoseconds. */
final class Latencies {

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long answerNanos) {
        nanos.add(answerNanos);
    }

    /**
     * What this share of them did not exceed, and one of them took.
     *
     * @param share above 0, up to 1
     * @return 0 where there is none
     */
    long nanos(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
