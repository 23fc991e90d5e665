package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Meter} knows of its thread since the last reading. Written by one party while it is
 * not published, then never changed until it is published no more. (Of three classes, so that a thread has no field more than
 * it needs: 32 bytes, and 8 more for each of the two others' fields.)
 */
class Slot {

    /** Whom the thread works for now. */
    Account account;

    /** The CPU clock at the last reading. */
    long cpuNanos;

    /** The allocated bytes at the owner's last reading, or at that of a mover while the thread rests. */
    long allocatedBytes;

    Slot(Account account, long cpuNanos, long allocatedBytes) {
        this.account = account;
        this.cpuNanos = cpuNanos;
        this.allocatedBytes = allocatedBytes;
    }

    static Slot of(
            boolean timed,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            @Nullable MovedAway moved,
            long sinceNanoTime) {
        if (moved != null) {
            return new MovedSlot(account, cpuNanos, allocatedBytes, moved, sinceNanoTime);
        }
        return timed
                ? new TimedSlot(account, cpuNanos, allocatedBytes, sinceNanoTime)
                : new Slot(account, cpuNanos, allocatedBytes);
    }

    /** When the thread began to work for {@link #account}, by {@link System#nanoTime()}; 0 if nobody asks. */
    long sinceNanoTime() {
        return 0;
    }

    /** Where movers have switched since {@link #allocatedBytes}. */
    @Nullable MovedAway moved() {
        return null;
    }

    /**
     * A stretch begins with it. References are written where they change only: a thread that goes to and
     * fro finds the account in the slot, and G1 has a fence behind each reference it writes.
     */
    void fill(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        if (this.account != account) {
            this.account = account;
        }
        this.cpuNanos = cpuNanos;
        this.allocatedBytes = allocatedBytes;
    }
}
