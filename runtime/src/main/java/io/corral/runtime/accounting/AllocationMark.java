package io.corral.runtime.accounting;

import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records how much a running thread had allocated when it was moved away from {@code account}. The
 * mover has read the number, so it is an estimate. Marks form a list, newest first.
 */
record AllocationMark(
        Account account, long allocatedBytes, @Nullable AllocationMark earlier, int count) {

    /** Marks kept between two of the owner's readings. Later moves are split less finely. */
    private static final int MAX_COUNT = 64;

    /**
     * Returns {@code earlier} with one more mark, or unchanged if the thread has allocated nothing
     * since, the list is full, or the number is not valid.
     */
    static @Nullable AllocationMark after(
            @Nullable AllocationMark earlier, Account account, long allocatedBytes) {
        int count = earlier == null ? 1 : earlier.count + 1;
        long marked = earlier == null ? -1 : earlier.allocatedBytes;
        return allocatedBytes > marked && count <= MAX_COUNT
                ? new AllocationMark(account, allocatedBytes, earlier, count)
                : earlier;
    }

    /**
     * Charges the bytes from {@code from} up to the newest mark, each part to its mark's account.
     *
     * @param to the owner's reading, which no mark exceeds
     * @return the byte up to which everything is charged now
     */
    long charge(long from, long to) {
        long start = earlier == null ? from : earlier.charge(from, to);
        long end = Math.min(Math.max(allocatedBytes, start), to);
        account.chargeAllocated(end - start);
        return end;
    }

    /**
     * As {@link #charge}, but passes each part to {@code action} instead of charging it.
     *
     * @param to a reading of the running thread's clock
     */
    long forEachPart(long from, long to, ObjLongConsumer<Account> action) {
        long start = earlier == null ? from : earlier.forEachPart(from, to, action);
        long end = Math.min(Math.max(allocatedBytes, start), to);
        action.accept(account, end - start);
        return end;
    }
}
