package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/**
 * That a mover switched a running thread, which worked for {@code account} up to {@code allocatedBytes},
 * as read from outside. A list, newest first.
 */
record MovedAway(
        Account account, long allocatedBytes, @Nullable MovedAway earlier, int count) {

    /** Moves remembered between two of the owner's readings; the split of later ones is coarser. */
    private static final int MOST = 64;

    /** @return {@code earlier} with one more in front, or as it was where there is no room */
    static @Nullable MovedAway after(
            @Nullable MovedAway earlier, Account account, long allocatedBytes) {
        int count = earlier == null ? 1 : earlier.count + 1;
        return allocatedBytes >= 0 && count <= MOST
                ? new MovedAway(account, allocatedBytes, earlier, count)
                : earlier;
    }

    /**
     * Charges the stretch from {@code from} on, oldest move first, as far as moves say whose it was.
     *
     * @return up to where it is charged, at most {@code now}
     */
    long charge(long from, long now) {
        long start = earlier == null ? from : earlier.charge(from, now);
        long end = Math.min(Math.max(allocatedBytes, start), now);
        account.chargeAllocated(end - start);
        return end;
    }
}
