package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Meter} knows of its thread since the last reading. Written by one party while it is
 * not published, then never changed until it is published no more.
 */
class Slot {

    /** Whom the thread works for now. */
    Account account;

    /** The CPU clock at the last reading. */
    long cpuNanos;

    /** The allocated bytes at the owner's last reading, or at that of a mover while the thread rests. */
    long allocatedBytes;

    /** Where movers have switched since {@link #allocatedBytes}. */
    @Nullable MovedAway moved;

    Slot(Account account, long cpuNanos, long allocatedBytes) {
        this.account = account;
        this.cpuNanos = cpuNanos;
        this.allocatedBytes = allocatedBytes;
    }

    /** When the thread began to work for {@link #account}, by {@link System#nanoTime()}; 0 if nobody asks. */
    long sinceNanoTime() {
        return 0;
    }

    /** How many short residencies lie between the last reading and that, in the meter's {@link Stretch}. */
    int pending() {
        return 0;
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
        if (moved != null) {
            moved = null;
        }
    }
}
