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
 *   <li>The state does not come round: it counts to 2<sup>59</sup>.
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
 * <p>How: of three slots one is published, one the owner's spare, and one free. The state says which. The owner fills its
 * spare and publishes that: what was published is its spare then. An outsider fills the free one and publishes that: what was
 * published is free then. So which is the spare changes by the owner alone, and which is free by outsiders alone, one at a
 * time, who claim that for the few steps this takes. (All are fields, as an array of them would be one object more for each
 * thread.)
 */
abstract class Publication extends JvmThreadClock {

    private static final int INDEX_BITS = 2;
    private static final int INDEX = (1 << INDEX_BITS) - 1;

    /** The slot that is made by the first outsider. */
    private static final int OUTSIDERS_INDEX = 2;

    /** The sum of all. */
    private static final int INDEXES = 0 + 1 + OUTSIDERS_INDEX;

    /** Above the indexes of what is published and of the spare. */
    private static final int ONE_CHANGE = 1 << (2 * INDEX_BITS);

    /** In {@link #outsiders}: one is about to publish. */
    private static final int CLAIMED = 1;

    /** In {@link #outsiders}, above that. */
    private static final int ONE_MOVER = 2;

    /** Nothing comes after. What is published is the last of all. */
    private static final long CLOSED = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<Publication> STATE =
            AtomicLongFieldUpdater.newUpdater(Publication.class, "state");
    private static final AtomicIntegerFieldUpdater<Publication> OUTSIDERS =
            AtomicIntegerFieldUpdater.newUpdater(Publication.class, "outsiders");

    /** Whether slots say since when. */
    final boolean adaptive;

    /** How often it was replaced, the spare's index with its last bit turned, and the index of what is published. */
    private volatile long state;

    /**
     * Whether an outsider is about to publish; above that, how many movers are between their question and
     * their answer. (Together, as another field would take eight bytes of each thread.)
     */
    private volatile int outsiders;

    private final Slot first;

    /**
     * There from the beginning: at its end a thread that has allocated nothing else would get a
     * thread-local allocation buffer for this alone, which takes the JVM 4 us.
     */
    private final Slot second;

    /** Free in the beginning: made by the first outsider. */
    private @Nullable Slot third;

    Publication(
            long threadId,
            boolean adaptive,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            long sinceNanoTime) {
        super(threadId);
        this.adaptive = adaptive;
        first = newSlot(account, cpuNanos, allocatedBytes, sinceNanoTime);
        second = newSlot(account, cpuNanos, allocatedBytes, sinceNanoTime);
    }

    private Slot newSlot(Account account, long cpuNanos, long allocatedBytes, long sinceNanoTime) {
        return adaptive
                ? new TimedSlot(account, cpuNanos, allocatedBytes, sinceNanoTime)
                : new Slot(account, cpuNanos, allocatedBytes);
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
        return slot(spareIndex(before));
    }

    /** Owner: publishes {@link #spare}. */
    final boolean publishSpare(long before) {
        return STATE.compareAndSet(this, before, afterSpare(before));
    }

    /** Owner: the state once {@link #publishSpare} has succeeded. */
    static long afterSpare(long before) {
        return state(before, spareIndex(before), index(before));
    }

    /** Owner: publishes {@link #spare}, and nothing after. */
    final boolean closeWithSpare(long before) {
        return STATE.compareAndSet(this, before, CLOSED | afterSpare(before));
    }

    /** Nothing will be published any more. For one that has no owner. */
    final void closeAsItIs() {
        for (long before = state; isOpen(before); before = state) {
            if (STATE.compareAndSet(this, before, CLOSED | before)) {
                return;
            }
        }
    }

    /**
     * Says that all is as it was, so that whoever else has looked before fails at the
     * compare-and-set, and looks again.
     */
    final boolean confirm(long before) {
        return STATE.compareAndSet(this, before, before + ONE_CHANGE);
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
        claim();
        try {
            if (state != before) {
                // Another may be free by now.
                return false;
            }
            int spare = spareIndex(before);
            int free = INDEXES - index(before) - spare;
            Slot slot = free == OUTSIDERS_INDEX ? third(account) : slot(free);
            slot.fill(account, cpuNanos, allocatedBytes, sinceNanoTime);
            slot.moved = moved;
            return STATE.compareAndSet(this, before, state(before, free, spare));
        } finally {
            OUTSIDERS.getAndAdd(this, -CLAIMED);
        }
    }

    /** Waits until another outsider is through, which waits for nobody. */
    private void claim() {
        while (true) {
            int now = outsiders;
            if ((now & CLAIMED) != 0) {
                Thread.onSpinWait();
            } else if (OUTSIDERS.compareAndSet(this, now, now + CLAIMED)) {
                return;
            }
        }
    }

    private Slot slot(int index) {
        Slot known = index == 0 ? first : index == 1 ? second : third;
        // There once a state has named it.
        return known != null ? known : first;
    }

    /** By who has the claim. */
    private Slot third(Account account) {
        Slot known = third;
        if (known == null) {
            known = newSlot(account, 0, 0, 0);
            third = known;
        }
        return known;
    }

    private static int index(long state) {
        return (int) state & INDEX;
    }

    /** The last bit is turned, so that a new publication's state is 0: first is published, second spare. */
    private static int spareIndex(long state) {
        return (((int) state >> INDEX_BITS) & INDEX) ^ 1;
    }

    private static long state(long before, int published, int spare) {
        return (before & -ONE_CHANGE) + ONE_CHANGE + ((spare ^ 1) << INDEX_BITS) + published;
    }
}
