package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The last reading of a {@link Meter}, in a triple buffer. Of three slots one is published, one is
 * the owner's to fill next, and one is the outsiders'. A writer fills its slot and publishes it by
 * a compare-and-set of {@link #state}, which swaps the roles of the two slots. The owner takes no
 * lock; outsiders exclude one another by a spin lock. Slots are fields and not objects, which saves
 * 48 bytes for each platform thread.
 *
 * <p>The state has a version, so a compare-and-set fails if anything was published since its
 * expected value was read. A slot is filled only while it is not published. So a thread may use
 * what it has read from a published slot if its compare-and-set from that state succeeds. Before
 * that, the values can be those of another reading, or a mixture of two readings.
 *
 * <p>A writer that has published must charge the difference between the two readings, and then call
 * the end of the charge: the owner by {@link #endCharge}, an outsider by
 * {@link #endChargeFromOutside}.
 */
final class Publication {

    // How a stay can begin.

    /** An outsider has published since the owner did. */
    static final int SETTLED_OUTSIDE = 0;

    /** The owner began it without a reading; the short stays before it are not charged yet. */
    static final int WITHOUT_READING = 1 << 4;

    /** The owner began it with a reading. */
    static final int WITH_READING = 2 << 4;

    /** The owner began it with a reading, and ends it with another, as a sample. */
    static final int SAMPLED = 3 << 4;

    private static final int BEGINNING = 3 << 4;

    private static final int SLOT = 3;
    private static final int OWNERS_SHIFT = 2;
    private static final int SUM_OF_SLOTS = 0 + 1 + 2;

    private static final int ONE_VERSION = 1 << 6;

    /** The last reading was published. */
    private static final long CLOSED = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<Publication> STATE =
            AtomicLongFieldUpdater.newUpdater(Publication.class, "state");
    private static final AtomicIntegerFieldUpdater<Publication> CHARGES =
            AtomicIntegerFieldUpdater.newUpdater(Publication.class, "charges");
    private static final AtomicIntegerFieldUpdater<Publication> OUTSIDERS =
            AtomicIntegerFieldUpdater.newUpdater(Publication.class, "outsiders");

    /** The bit of {@link #outsiders} that is set while an outsider holds the spin lock. */
    private static final int LOCKED = 1;

    /**
     * The unit in which {@link #outsiders} counts outsiders that have published and not charged
     * yet.
     */
    private static final int ONE_CHARGES = 2;

    /**
     * The version, how the stay began, the owner's slot, and the published slot. Slot 0 is
     * published first, and slot 1 is the owner's.
     */
    private volatile long state = 1 << OWNERS_SHIFT;

    /** Odd while the owner publishes or charges. Written by the owner. */
    private volatile int charges;

    /** The outsiders' spin lock, and how many of them charge. */
    private volatile int outsiders;

    // The slots, which are not synchronized: each is written only while it is not published.

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

    /** The first reading, or null if both clocks stood at zero. */
    private final @Nullable Baseline baseline;

    private record Baseline(long cpuNanos, long allocatedBytes) {}

    Publication(Account account, long cpuNanos, long allocatedBytes) {
        account0 = account;
        account1 = account;
        account2 = account;
        cpuNanos0 = cpuNanos;
        allocatedBytes0 = allocatedBytes;
        baseline = cpuNanos == 0 && allocatedBytes == 0
                ? null
                : new Baseline(cpuNanos, allocatedBytes);
    }

    long state() {
        return state;
    }

    static boolean isOpen(long state) {
        return state >= 0;
    }

    /** How often anything was published, cut to 32 bits. */
    static int version(long state) {
        return (int) (state / ONE_VERSION);
    }

    /** How the stay of this state began: one of the first four constants. */
    static int beginning(long state) {
        return (int) state & BEGINNING;
    }

    /** The account that the thread works for, as published by {@code state}. */
    Account account(long state) {
        int slot = published(state);
        return slot == 0 ? account0 : slot == 1 ? account1 : account2;
    }

    /** The CPU clock at the last reading, as published by {@code state}. */
    long cpuNanos(long state) {
        int slot = published(state);
        return slot == 0 ? cpuNanos0 : slot == 1 ? cpuNanos1 : cpuNanos2;
    }

    /**
     * The allocated bytes at the owner's last reading, as published by {@code state}; or at a
     * mover's reading while the thread rested.
     */
    long allocatedBytes(long state) {
        int slot = published(state);
        return slot == 0 ? allocatedBytes0 : slot == 1 ? allocatedBytes1 : allocatedBytes2;
    }

    /** The moves since {@link #allocatedBytes}, as published by {@code state}. */
    @Nullable AllocationMark mark(long state) {
        int slot = published(state);
        return slot == 0 ? mark0 : slot == 1 ? mark1 : mark2;
    }

    /**
     * Whether {@code seen} is still the state, so that what was read of its slot is right. A plain
     * read would not order the reads before it, hence the compare-and-set.
     */
    boolean isUnchanged(long seen) {
        return !isOpen(seen) || STATE.compareAndSet(this, seen, seen);
    }

    /** CPU nanoseconds from the first reading to the last. */
    long chargedCpuNanos() {
        for (long now = state; ; now = state) {
            long reading = cpuNanos(now);
            if (isUnchanged(now)) {
                return baseline == null ? reading : reading - baseline.cpuNanos;
            }
        }
    }

    /** Allocated bytes from the first reading to the last. */
    long chargedAllocatedBytes() {
        long reading = lastAllocatedBytes();
        return baseline == null ? reading : reading - baseline.allocatedBytes;
    }

    long lastAllocatedBytes() {
        for (long now = state; ; now = state) {
            long reading = allocatedBytes(now);
            if (isUnchanged(now)) {
                return reading;
            }
        }
    }

    /** The account the thread works for, or null once closed. */
    @Nullable Account account() {
        for (long now = state; isOpen(now); now = state) {
            Account account = account(now);
            if (isUnchanged(now)) {
                return account;
            }
        }
        return null;
    }

    /**
     * Owner: publishes a reading. If it succeeds, {@link #endCharge} follows.
     *
     * @param beginning how the next stay begins
     */
    boolean publish(long before, int beginning, Account account, long cpu, long allocated) {
        return publish(before, account, cpu, allocated, exchangeOwners(before) | beginning);
    }

    /** Owner: as {@link #publish}, and nothing can be published after it. */
    boolean close(long before, Account account, long cpu, long allocated) {
        return publish(before, account, cpu, allocated, exchangeOwners(before) | CLOSED);
    }

    private boolean publish(long before, Account account, long cpu, long allocated, long after) {
        // A callback on this thread may have published; then the slot no longer belongs to the
        // owner.
        if (state != before) {
            return false;
        }
        fill(ownersSlot(before), account, cpu, allocated, null);
        CHARGES.lazySet(this, charges | 1);
        if (STATE.compareAndSet(this, before, after)) {
            return true;
        }
        endCharge();
        return false;
    }

    /** Owner: the published reading is charged. */
    void endCharge() {
        CHARGES.lazySet(this, (charges | 1) + 1);
    }

    /** How often the owner has charged: odd while it publishes or charges. */
    int charges() {
        return charges;
    }

    /**
     * Publishes the same reading again, so that the compare-and-set of any thread that has read
     * {@code before} fails.
     */
    boolean confirm(long before) {
        return STATE.compareAndSet(this, before, before + ONE_VERSION);
    }

    /** Closes the publication of a thread that was never started. */
    void abandon() {
        for (long before = state; isOpen(before); before = state) {
            if (STATE.compareAndSet(this, before, before | CLOSED)) {
                return;
            }
        }
    }

    /** Outsider: publishes a reading. If it succeeds, {@link #endChargeFromOutside} follows. */
    @ReservedStack
    boolean publishFromOutside(
            long before, Account account, long cpu, long allocated, @Nullable AllocationMark mark) {
        lock();
        int after = -LOCKED;
        try {
            // The outsiders' slot depends on the current state.
            if (state != before) {
                return false;
            }
            int slot = outsidersSlot(before);
            fill(slot, account, cpu, allocated, mark);
            if (!STATE.compareAndSet(this, before, after(before, slot, ownersSlot(before)))) {
                return false;
            }
            after = ONE_CHARGES - LOCKED;
            // The slot that was published must not keep its account reachable.
            fill(published(before), account, 0, 0, null);
            return true;
        } finally {
            OUTSIDERS.getAndAdd(this, after);
        }
    }

    /** Nothing is allocated, and no other code is called, while the lock is held. */
    private void lock() {
        while (true) {
            int now = outsiders;
            if ((now & LOCKED) != 0) {
                Thread.onSpinWait();
            } else if (OUTSIDERS.compareAndSet(this, now, now + LOCKED)) {
                return;
            }
        }
    }

    /** Outsider: the published reading is charged. */
    void endChargeFromOutside() {
        OUTSIDERS.getAndAdd(this, -ONE_CHARGES);
    }

    /** Whether an outsider publishes or charges. */
    boolean isChargedFromOutside() {
        return outsiders != 0;
    }

    /**
     * Whether an outsider publishes or charges, or the owner still makes the charge of which a
     * reader has seen {@code ownersCharges}.
     */
    boolean isCharging(int ownersCharges) {
        return ((ownersCharges & 1) != 0 && charges == ownersCharges) || isChargedFromOutside();
    }

    /**
     * An account is written only where it changes: G1 has a fence after a reference that is written
     * to an old object, and a thread that alternates between two accounts finds its account in the
     * slot.
     */
    private void fill(
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

    private static int published(long state) {
        return (int) state & SLOT;
    }

    private static int ownersSlot(long state) {
        return (int) (state >> OWNERS_SHIFT) & SLOT;
    }

    private static int outsidersSlot(long state) {
        return SUM_OF_SLOTS - published(state) - ownersSlot(state);
    }

    private static long exchangeOwners(long before) {
        return after(before, ownersSlot(before), published(before));
    }

    private static long after(long before, int newPublished, int newOwners) {
        return (before & -ONE_VERSION) + ONE_VERSION + (newOwners << OWNERS_SHIFT) + newPublished;
    }
}
