package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Slot} at a time, published by compare-and-set: by the owner, or by one of any number of
 * outsiders. {@link #state} names the slot, and counts how often it was replaced.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Only the owner calls the methods marked so.
 *   <li>The state does not come round: it counts to 2<sup>61</sup>.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>A slot is never written while it is published. So what was read of one is right if the
 *       compare-and-set from the state that named it succeeds; until then it may be anything.
 *   <li>Who fails has lost to another who succeeded; the owner waits for nobody.
 * </ol>
 *
 * <p>How: the owner has two slots and writes the one that is not published. Outsiders claim one of
 * the others that is not published either, for the few steps in which they fill and publish it. All are
 * fields, as an array of them would be one object more for each thread.
 */
abstract class Publication extends JvmThreadClock {

    private static final int SLOT_BITS = 2;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int OWNER_SLOTS = 2;
    private static final int OUTSIDER_SLOTS = (1 << SLOTS) - (1 << OWNER_SLOTS);

    /** In {@link #outsiders}, above a bit for each slot. */
    private static final int ONE_MOVER = 1 << SLOTS;

    /** Nothing comes after. What is published is the last of all. */
    private static final long CLOSED = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<Publication> STATE =
            AtomicLongFieldUpdater.newUpdater(Publication.class, "state");
    private static final AtomicIntegerFieldUpdater<Publication> OUTSIDERS =
            AtomicIntegerFieldUpdater.newUpdater(Publication.class, "outsiders");

    /** How often it was replaced, and the slot. */
    private volatile long state;

    /**
     * A bit for each slot that an outsider is about to publish; above these, how many movers are between their question and
     * their answer. (Together, as another field would take eight bytes of each thread.)
     */
    private volatile int outsiders;

    private final Slot first;

    /**
     * There from the beginning: at its end a thread that has allocated nothing else would get a
     * thread-local allocation buffer for this alone, which takes the JVM 4 us.
     */
    private final Slot second;

    /** Outsiders'; made by who claims it first. */
    private @Nullable Slot third;

    private @Nullable Slot fourth;

    Publication(
            long threadId,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            long sinceNanoTime) {
        super(threadId);
        first = new Slot(account, cpuNanos, allocatedBytes, sinceNanoTime);
        second = new Slot(account, cpuNanos, allocatedBytes, sinceNanoTime);
    }

    final long state() {
        return state;
    }

    static boolean isOpen(long state) {
        return state >= 0;
    }

    /** What {@code state} has published; see the guarantees for what is read of it. */
    final Slot published(long state) {
        return slot(index(state));
    }

    /** That what was read of the slot was read while it was published. A mere look may come early. */
    final boolean isStill(long now) {
        return !isOpen(now) || STATE.compareAndSet(this, now, now);
    }

    /** Owner: the slot to fill, to be published in place of {@code before}. */
    final Slot spare(long before) {
        return index(before) == 0 ? second : first;
    }

    /** Owner: publishes {@link #spare}. */
    final boolean publishSpare(long before) {
        return STATE.compareAndSet(this, before, afterSpare(before));
    }

    /** Owner: the state once {@link #publishSpare} has succeeded. */
    static long afterSpare(long before) {
        return state(before, spareIndex(before));
    }

    /** Owner: publishes {@link #spare}, and nothing after. */
    final boolean closeWithSpare(long before) {
        return STATE.compareAndSet(this, before, CLOSED | spareIndex(before));
    }

    /** Nothing will be published any more. For one that has no owner. */
    final void closeAsItIs() {
        long before = state;
        if (isOpen(before)) {
            state = CLOSED | index(before);
        }
    }

    /**
     * Says that all is as it was, so that whoever else has looked before fails at the
     * compare-and-set, and looks again.
     */
    final boolean confirm(long before) {
        return STATE.compareAndSet(this, before, before + SLOTS);
    }

    /** Mover: is about to ask where the thread is to work. To be taken back by {@link #endMove}. */
    final void beginMove() {
        OUTSIDERS.getAndAdd(this, ONE_MOVER);
    }

    final void endMove() {
        OUTSIDERS.getAndAdd(this, -ONE_MOVER);
    }

    /** Owner: whether a mover may have asked before the owner changed its mind, and publish after. */
    final boolean isBeingMoved() {
        return outsiders >= ONE_MOVER;
    }

    /** Outsider. */
    @ReservedStack
    final boolean publishFromOutside(
            long before,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            @Nullable MovedAway moved,
            long sinceNanoTime) {
        int index = claim();
        try {
            Slot slot = slot(index);
            slot.fill(account, cpuNanos, allocatedBytes, sinceNanoTime);
            slot.moved = moved;
            return STATE.compareAndSet(this, before, state(before, index));
        } finally {
            unclaim(index);
        }
    }

    /** One that finds all taken waits until another is through, which waits for nobody. */
    private int claim() {
        while (true) {
            int now = outsiders;
            int free = Integer.lowestOneBit(~now & OUTSIDER_SLOTS & ~(1 << index(state)));
            if (free == 0) {
                Thread.onSpinWait();
            } else if (OUTSIDERS.compareAndSet(this, now, now | free)) {
                int index = Integer.numberOfTrailingZeros(free);
                // Only who has claimed a slot publishes it: one that is not published now won't be.
                if (index(state) != index) {
                    return index;
                }
                unclaim(index);
            }
        }
    }

    private void unclaim(int index) {
        OUTSIDERS.getAndAdd(this, -(1 << index));
    }

    private Slot slot(int index) {
        if (index < OWNER_SLOTS) {
            return index == 0 ? first : second;
        }
        Slot known = index == OWNER_SLOTS ? third : fourth;
        return known != null ? known : newSlot(index);
    }

    /** By who has claimed it. */
    private Slot newSlot(int index) {
        Slot slot = new Slot(first.account, 0, 0, 0);
        if (index == OWNER_SLOTS) {
            third = slot;
        } else {
            fourth = slot;
        }
        return slot;
    }

    private static int index(long state) {
        return (int) state & (SLOTS - 1);
    }

    private static int spareIndex(long before) {
        return index(before) == 0 ? 1 : 0;
    }

    private static long state(long before, int index) {
        return (before & -SLOTS) + SLOTS + index;
    }
}
