package io.corral.runtime.handover;

import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;

import org.jspecify.annotations.Nullable;

/**
 * What is around a task while it runs: the place that was handed over with it, and an end for scopes that it opens and
 * does not close. On the thread that runs it.
 */
public final class TaskScope {

    /** The thread had no scope open, and the task brought no place along. */
    private static final Object NOTHING_OPEN = new Object();

    /** The task began when nobody had a scope open: nothing was looked up. */
    public static final Object UNUSED = new Object();

    /** Where the thread works, also when it is moved meanwhile. */
    private static final Destination HERE = new Destination() {
        @Override
        public Membership from(Membership place) {
            return place;
        }

        @Override
        public String toString() {
            return "where the thread works";
        }
    };

    /** So that nobody pays for what nobody uses. Never taken back. */
    private static volatile boolean anyHandsOver;

    private static volatile boolean isSwitchedOff;

    private TaskScope() {}

    /** Whether tasks that are handed over from now on take a place along. */
    public static void handsOver(boolean handsOver) {
        isSwitchedOff = !handsOver;
    }

    /** There is about to be a container from which tasks take a place along. */
    public static void someoneHandsOver() {
        // First, as the key comes before it wherever it is asked: once the key is on, this is so.
        anyHandsOver = true;
        HandOverSwitch.CURRENT.use();
    }

    /**
     * Whether a task may have brought a place along, or a thread have a scope open; a constant for the compilers. Where the key
     * can't be enabled it stays false, and tasks are their pools'.
     */
    public static boolean isUsed() {
        return HandOverKey.isEnabled();
    }

    /** Whether a task that began {@link #UNUSED} may have left a scope open: where no other was open, all are its own. */
    public static boolean mayHaveBeenUsedSince() {
        return isUsed() && !HandOverSwitch.CURRENT.wentOnWithout();
    }

    /** Whether there was ever a container from which tasks take a place along, if they do so at all. */
    public static boolean doesAnyHandOver() {
        return isUsed() && anyHandsOver && !isSwitchedOff;
    }

    /**
     * @param submitter where the task comes from, or null if it took no place along
     * @return for {@link #end}
     */
    public static Object begin(Member member, @Nullable Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Membership brought = brought(submitter);
        if (outer == null) {
            return brought == null ? NOTHING_OPEN : member.enter(null, brought);
        }
        // Before the thread enters: there may be no memory for it.
        Inner inner = new Inner();
        inner.opened(member.enter(outer, brought == null ? HERE : brought));
        return inner;
    }

    /** Of a removed container its parent's, as with a fork. */
    private static @Nullable Membership brought(@Nullable Membership submitter) {
        if (submitter == null) {
            return null;
        }
        Membership live = submitter.isRetired() ? submitter.live() : submitter;
        return live.handsOver() ? live : null;
    }

    /** @param begun what {@link #begin} has returned */
    public static void end(Member member, Object begun) {
        ScopeFrame open = begun instanceof ScopeFrame frame
                ? frame
                : begun instanceof Inner inner ? inner.frame() : outermost(member);
        if (open != null && open.isOpen()) {
            member.leave(open);
        }
    }

    private static @Nullable ScopeFrame outermost(Member member) {
        ScopeFrame outermost = null;
        for (ScopeFrame open = member.openFrame(); open != null; open = open.outer) {
            if (open.isOpen()) {
                outermost = open;
            }
        }
        return outermost;
    }

    /** Of a task that runs within a scope: closing that closes this one, and its frame may serve another then. */
    private static final class Inner {

        private @Nullable ScopeFrame frame;
        private int changes;

        void opened(ScopeFrame opened) {
            frame = opened;
            changes = opened.changes();
        }

        @Nullable ScopeFrame frame() {
            ScopeFrame known = frame;
            return known != null && known.changes() == changes ? known : null;
        }
    }
}
