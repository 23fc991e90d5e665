package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/** As a mover leaves it, who could not read what the thread has allocated itself. (Timed or not: there are few.) */
final class MovedSlot extends TimedSlot {

    private @Nullable MovedAway moved;

    MovedSlot(
            Account account,
            long cpuNanos,
            long allocatedBytes,
            MovedAway moved,
            long sinceNanoTime) {
        super(account, cpuNanos, allocatedBytes, sinceNanoTime);
        this.moved = moved;
    }

    @Override
    @Nullable MovedAway moved() {
        return moved;
    }

    @Override
    void fill(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        super.fill(account, cpuNanos, allocatedBytes, sinceNanoTime);
        moved = null;
    }
}
