package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/** As {@link MovedSlot}, under the policy adaptive. */
final class MovedTimedSlot extends TimedSlot {

    private @Nullable MovedAway moved;

    MovedTimedSlot(
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
