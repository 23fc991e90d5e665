package io.corral.report.usage;

/**
 * The time of a recording, in equal parts.
 *
 * @param start nanoseconds since the epoch
 */
public record TimeAxis(long start, long bucketNanos, int count) {

    private static final long SECOND = 1_000_000_000;

    /** A chart has no more pixels than some thousand, and the page holds all buckets. */
    private static final int MOST = 240;

    /**
     * Each bucket is a whole number of seconds. The last one takes up to half a bucket more, or is
     * shorter.
     */
    public static TimeAxis of(long start, long end) {
        long seconds = Math.max(1, (end - start + SECOND - 1) / SECOND);
        long bucketNanos = (seconds + MOST - 1) / MOST * SECOND;
        long count = (end - start + bucketNanos / 2) / bucketNanos;
        return new TimeAxis(start, bucketNanos, (int) Math.max(1, count));
    }

    /** The bucket of a time; the first or last for a time outside. */
    public int bucket(long nanos) {
        long bucket = Math.floorDiv(nanos - start, bucketNanos);
        return (int) Math.max(0, Math.min(count - 1, bucket));
    }

    /** Adds an amount that was used evenly from one time to another. */
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
