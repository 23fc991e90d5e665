package io.corral.runtime.accounting;

/** What a reading of the CPU clock itself adds to a residency that is measured by two. */
final class ReadingCost {

    private static final int TRIES = 64;

    /** CPU nanoseconds, measured once, by the first thread that asks. */
    static final long NANOS = measure();

    private ReadingCost() {}

    private static long measure() {
        ThreadClock own = new JvmThreadClock(0);
        long least = Long.MAX_VALUE;
        long before = own.ownCpuNanos();
        for (int i = 0; i < TRIES; i++) {
            long now = own.ownCpuNanos();
            least = Math.min(least, now - before);
            before = now;
        }
        return Math.max(least, 0);
    }
}
