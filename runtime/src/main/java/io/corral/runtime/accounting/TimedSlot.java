package io.corral.runtime.accounting;

/** Under the policy adaptive. (Eight bytes more, in each slot of a thread. A JVM makes slots of one of the two classes.) */
final class TimedSlot extends Slot {

    private long sinceNanoTime;
    private int pending;

    TimedSlot(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        super(account, cpuNanos, allocatedBytes);
        this.sinceNanoTime = sinceNanoTime;
    }

    @Override
    long sinceNanoTime() {
        return sinceNanoTime;
    }

    @Override
    int pending() {
        return pending;
    }

    @Override
    void fill(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        super.fill(account, cpuNanos, allocatedBytes, sinceNanoTime);
        this.sinceNanoTime = sinceNanoTime;
        this.pending = 0;
    }

    /** Behind {@link #fill}: the stretch goes on, with so many. */
    void goOn(int pending) {
        this.pending = pending;
    }
}
