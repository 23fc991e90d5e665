package io.corral.report.usage;

/**
 * The time of a recording, divided into equal buckets.
 *
 * @param start nanoseconds since the epoch
 */
public record TimeAxis(long start, long bucketNanos, int count) {

    private static final long SECOND = 1_000_000_000;

    /** Enough for the width of a chart. The page has the values of all buckets. */
    private static final int MAX_BUCKETS = 240;

    /**
     * Makes buckets of a whole number of seconds. The last bucket can be shorter, or up to half a
     * bucket longer.
     */
    public static TimeAxis of(long start, long end) {
        long seconds = Math.max(1, (end - start + SECOND - 1) / SECOND);
        long bucketNanos = (seconds + MAX_BUCKETS - 1) / MAX_BUCKETS * SECOND;
        long count = (end - start + bucketNanos / 2) / bucketNanos;
        return new TimeAxis(start, bucketNanos, (int) Math.max(1, count));
    }

    /** The bucket of a time. A time outside the recording is in the first or the last bucket. */
    public int bucket(long nanos) {
        long bucket = Math.floorDiv(nanos - start, bucketNanos);
        return (int) Math.max(0, Math.min(count - 1, bucket));
    }

    /** Divides an amount among the buckets, as if it was used evenly from one time to another. */
    void spread(double[] buckets, long from, long to, double amount) {
        if (to <= from) {
            buckets[bucket(to)] += amount;
            return;
        }
        int last = bucket(to);
        for (int bucket = bucket(from); bucket <= last; bucket++) {
            long begin = bucket == 0 ? from : Math.max(from, start + bucket * bucketNanos);
            long end = bucket == count - 1 ? to : Math.min(to, start + (bucket + 1) * bucketNanos);
            buckets[bucket] += amount * Math.max(0, end - begin) / (to - from);
        }
    }
}
