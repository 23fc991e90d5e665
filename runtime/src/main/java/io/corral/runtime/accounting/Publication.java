package io.corral.runtime.accounting;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import java.lang.invoke.VarHandle;
import java.util.Objects;
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
 *   <li>The state does not come round: it counts to 2<sup>55</sup>.
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
 * <p>How: one slot is published, and one is the owner's spare. The owner fills its spare and publishes that: what was published is
 * its spare then, or one of its own in the place of what an outsider brought. An outsider brings a slot, publishes that, and lets go
 * of what was published. There are three places: where what is published stands, and where the spare, the state says, and the third
 * is free. So which is the spare's, and what stands there, changes by the owner alone, and what stands at the free one by outsiders
 * alone, one at a time, who claim that for the few steps this takes. Who comes with a state that is no more finds nothing where a
 * slot was, or another one. (The places are fields, as an array of them would be one object more for each thread.)
 */
abstract class Publication extends JvmThreadClock {

    /** That short residencies lie between the last reading and the one that this state has begun. */
    static final int PENDING = 1 << 4;

    /** That a reading has begun the residency. */
    static final int READ = 1 << 5;

    /** That the residency is to be measured by itself. */
    static final int CHOSEN = 1 << 6;

    private static final int INDEX_BITS = 2;
    private static final int INDEX = (1 << INDEX_BITS) - 1;

    /** The sum of all. */
    private static final int INDEXES = 0 + 1 + 2;

    /** That an outsider has brought what is published. */
    private static final int BROUGHT = 1 << 7;

    private static final int ONE_CHANGE = 1 << 8;

    /**
     * Stands for a slot that an outsider has let go of: who finds it has come with a state that is no more, and its compare-and-set
     * will fail. Made with the first meter, since who finds it may have no memory left, or no stack; and as that meter's slots are,
     * since compilers reckon with a JVM's being of one class.
     */
    private static @Nullable Slot none;

    /** In {@link #outsiders}: one is about to publish. */
    private static final int CLAIMED = 1;

    /** In {@link #outsiders}, above that: one has published, and not charged yet. */
    private static final int ONE_CHARGES = 2;

    /** In {@link #outsiders}, above those: there are never that many. */
    private static final int ONE_MOVER = 1 << 16;

    private static final int PUBLISHES_OR_CHARGES = ONE_MOVER - 1;

    /** Nothing comes after. What is published is the last of all. */
    private static final long CLOSED = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<Publication> STATE =
            AtomicLongFieldUpdater.newUpdater(Publication.class, "state");
    private static final AtomicIntegerFieldUpdater<Publication> OUTSIDERS =
            AtomicIntegerFieldUpdater.newUpdater(Publication.class, "outsiders");

    /** Whether slots say since when. */
    final boolean adaptive;

    /**
     * How often it was replaced, who brought what is published, what is known of the residency, the spare's index with its last bit
     * turned, and the index of what is published.
     */
    private volatile long state;

    /**
     * Whether an outsider is about to publish; above that, how many have published and not charged yet; above that, how many
     * movers are between their question and their answer. (Together, as another field would take eight bytes of each thread.)
     */
    private volatile int outsiders;

    private @Nullable Slot first;

    /**
     * There from the beginning: at its end a thread that has allocated nothing else would get a
     * thread-local allocation buffer for this alone, which takes the JVM 4 us.
     */
    private @Nullable Slot second;

    /** Free in the beginning. */
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
        prepareNone(adaptive);
        first = Slot.of(adaptive, account, cpuNanos, allocatedBytes, null, sinceNanoTime);
        second = Slot.of(adaptive, account, cpuNanos, allocatedBytes, null, sinceNanoTime);
    }

    private static void prepareNone(boolean adaptive) {
        if (none == null) {
            none = Slot.of(adaptive, new Nobody(), 0, 0, null, 0);
        }
    }

    final long state() {
        return state;
    }

    static boolean isOpen(long state) {
        return state >= 0;
    }

    /** How often what is published was replaced, but for what has no room. */
    static int count(long state) {
        return (int) (state / ONE_CHANGE);
    }

    static boolean isPending(long state) {
        return (state & PENDING) != 0;
    }

    static boolean isRead(long state) {
        return (state & READ) != 0;
    }

    static boolean isChosen(long state) {
        return (state & CHOSEN) != 0;
    }

    /** What {@code state} has published; see the guarantees for what is read of it. */
    final Slot published(long state) {
        Slot known = slot(index(state));
        return known != null ? known : Objects.requireNonNull(none);
    }

    /** That what was read of the slot was read while it was published. A mere look may come early. */
    final boolean isStill(long now) {
        return !isOpen(now) || STATE.compareAndSet(this, now, now);
    }

    /** Owner: the slot to fill, to be published in place of {@code before}. There always: outsiders let it be. */
    final Slot spare(long before) {
        return Objects.requireNonNull(slot(spareIndex(before)));
    }

    /**
     * Owner: publishes {@link #spare}.
     *
     * @param residency {@link #PENDING}, {@link #READ}, {@link #CHOSEN}, or none
     */
    final boolean publishSpare(long before, int residency) {
        return STATE.compareAndSet(this, before, afterSpare(before) + residency);
    }

    /**
     * Owner, when it has published {@link #spare} in place of {@code before} and is through with it: what an outsider brought would
     * be its next spare, and is let go of for one of its own. A reader makes the slots of all threads one behind the other, so that
     * threads on several processors would take a cache line from each other at each switch from then on.
     */
    final void takeOwnSpare(long before, Account account) {
        if ((before & BROUGHT) != 0) {
            renew(index(before), account);
        }
    }

    @DontInline
    private void renew(int spare, Account account) {
        try {
            Slot own = Slot.of(adaptive, account, 0, 0, null, 0);
            // What allocates may have called back, an agent that samples allocations say, and the
            // owner have gone on meanwhile.
            if (spareIndex(state) == spare) {
                // Who comes with a state that is no more may find it there, and look at it.
                VarHandle.releaseFence();
                put(spare, own);
            }
        } catch (OutOfMemoryError | StackOverflowError another) {
            // The one that was brought does as well.
        }
    }

    private static long afterSpare(long before) {
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
     * compare-and-set, and looks again. The residency goes on.
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

    /** Outsider. Who has published calls {@link #endChargeFromOutside} when that is charged. */
    final boolean publishFromOutside(
            long before,
            Account account,
            long cpuNanos,
            long allocatedBytes,
            @Nullable MovedAway moved,
            long sinceNanoTime) {
        return state == before
                && publishFromOutside(
                        before,
                        Slot.of(adaptive, account, cpuNanos, allocatedBytes, moved, sinceNanoTime));
    }

    @ReservedStack
    private boolean publishFromOutside(long before, Slot brought) {
        claim();
        int after = -CLAIMED;
        try {
            if (state != before) {
                // Another place may be free by now. (And what others wrote to that is seen.)
                return false;
            }
            int published = index(before);
            int spare = spareIndex(before);
            int free = INDEXES - published - spare;
            // Who comes with a state of before may find it there, and look at it.
            VarHandle.releaseFence();
            put(free, brought);
            boolean won = STATE.compareAndSet(this, before, state(before, free, spare) + BROUGHT);
            if (won) {
                after = ONE_CHARGES - CLAIMED;
            }
            put(won ? published : free, null);
            return won;
        } finally {
            OUTSIDERS.getAndAdd(this, after);
        }
    }

    /** Outsider: what it has published is charged. */
    final void endChargeFromOutside() {
        OUTSIDERS.getAndAdd(this, -ONE_CHARGES);
    }

    /** Whether an outsider may have published what is not charged yet. */
    final boolean isChargedFromOutside() {
        return (outsiders & PUBLISHES_OR_CHARGES) != 0;
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

    private @Nullable Slot slot(int index) {
        return index == 0 ? first : index == 1 ? second : third;
    }

    /** By who has the claim, and by the owner where its spare is. */
    private void put(int index, @Nullable Slot slot) {
        switch (index) {
            case 0 -> first = slot;
            case 1 -> second = slot;
            default -> third = slot;
        }
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

    /** Is charged nothing. */
    private static final class Nobody extends Account {}
}
