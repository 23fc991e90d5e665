package io.corral.runtime.accounting;

/** Under the policy adaptive. (A JVM makes slots under one of the two policies.) */
class TimedSlot extends Slot {

    private long sinceNanoTime;

    TimedSlot(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        super(account, cpuNanos, allocatedBytes);
        this.sinceNanoTime = sinceNanoTime;
    }

    @Override
    final long sinceNanoTime() {
        return sinceNanoTime;
    }

    @Override
    void fill(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        super.fill(account, cpuNanos, allocatedBytes, sinceNanoTime);
        this.sinceNanoTime = sinceNanoTime;
    }
}
