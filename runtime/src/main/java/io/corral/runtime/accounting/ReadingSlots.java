package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/**
 * The three slots of a {@link Publication}, each with one reading. Slots are fields and not
 * objects: this saves 48 bytes for each platform thread. They are not synchronized.
 */
abstract class ReadingSlots {

    private Account account0;
    private Account account1;
    private Account account2;
    private long cpuNanos0;
    private long cpuNanos1;
    private long cpuNanos2;
    private long allocatedBytes0;
    private long allocatedBytes1;
    private long allocatedBytes2;
    private @Nullable AllocationMark mark0;
    private @Nullable AllocationMark mark1;
    private @Nullable AllocationMark mark2;

    /** The first reading is in slot 0. */
    ReadingSlots(Account account, long cpuNanos, long allocatedBytes) {
        account0 = account;
        account1 = account;
        account2 = account;
        cpuNanos0 = cpuNanos;
        allocatedBytes0 = allocatedBytes;
    }

    final Account accountIn(int slot) {
        return slot == 0 ? account0 : slot == 1 ? account1 : account2;
    }

    final long cpuNanosIn(int slot) {
        return slot == 0 ? cpuNanos0 : slot == 1 ? cpuNanos1 : cpuNanos2;
    }

    final long allocatedBytesIn(int slot) {
        return slot == 0 ? allocatedBytes0 : slot == 1 ? allocatedBytes1 : allocatedBytes2;
    }

    final @Nullable AllocationMark markIn(int slot) {
        return slot == 0 ? mark0 : slot == 1 ? mark1 : mark2;
    }

    /**
     * An account is written only where it changes: G1 has a fence after a reference that is written
     * to an old object, and a thread that alternates between two accounts finds its account in the
     * slot.
     */
    final void fill(
            int slot, Account account, long cpu, long allocated, @Nullable AllocationMark mark) {
        switch (slot) {
            case 0 -> {
                if (account0 != account) {
                    account0 = account;
                }
                cpuNanos0 = cpu;
                allocatedBytes0 = allocated;
                mark0 = mark;
            }
            case 1 -> {
                if (account1 != account) {
                    account1 = account;
                }
                cpuNanos1 = cpu;
                allocatedBytes1 = allocated;
                mark1 = mark;
            }
            default -> {
                if (account2 != account) {
                    account2 = account;
                }
                cpuNanos2 = cpu;
                allocatedBytes2 = allocated;
                mark2 = mark;
            }
        }
    }
}
