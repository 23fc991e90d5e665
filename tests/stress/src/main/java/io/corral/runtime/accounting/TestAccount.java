package io.corral.runtime.accounting;

/** An account for tests, which is not a membership. */
final class TestAccount extends Account {

    private static final int SAMPLES = 8;
    private static final long LENGTH_NANOS = 1_000;

    long cpuNanos() {
        return totals().cpuNanos();
    }

    long allocatedBytes() {
        return totals().allocatedBytes();
    }

    /** Gives it samples, so that its stays can end without a reading. */
    void sample() {
        for (int i = 0; i < SAMPLES; i++) {
            sample(LENGTH_NANOS, LENGTH_NANOS);
        }
    }
}
