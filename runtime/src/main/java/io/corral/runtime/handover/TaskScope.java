package io.corral.runtime.handover;

import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;

import org.jspecify.annotations.Nullable;

/**
 * The scope around a task while it runs: it leads to the submitter's container, and its end closes
 * the scopes that the task has opened and not closed. Used by the thread that runs the task.
 */
final class TaskScope {

    /** The thread had no scope open, and the task took no container along. */
    private static final Object NOTHING_OPEN = new Object();

    /** The task began before hand-over was on. */
    static final Object UNUSED = new Object();

    /**
     * A destination that leads to where the thread works already, even if the thread is moved
     * meanwhile.
     */
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

    private TaskScope() {}

    /** A call initializes this class. */
    static void initialize() {}

    /**
     * @param submitter null if the task took no container along
     * @return for {@link #end}
     */
    static Object begin(Member member, @Nullable Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Membership destination = live(submitter);
        if (outer == null) {
            return destination == null ? NOTHING_OPEN : member.enter(null, destination);
        }
        // Created before the thread enters, because the allocation may fail.
        Inner inner = new Inner();
        inner.opened(member.enter(outer, destination == null ? HERE : destination));
        return inner;
    }

    /**
     * The scope around an item: it leads from the thread's home to the submitter's container,
     * whatever task the thread works for.
     *
     * @param submitter null if the item took no container along
     * @return for {@link #end}; null if the thread has no open scope and the item no submitter
     */
    static @Nullable Object beginItem(Member member, @Nullable Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Membership destination = live(submitter);
        if (outer == null) {
            return destination == null ? null : member.enter(null, destination);
        }
        Inner inner = new Inner();
        inner.opened(member.enter(outer, new FromHome(member, destination)));
        return inner;
    }

    private record FromHome(Member member, @Nullable Membership submitter) implements Destination {
        @Override
        public Membership from(Membership place) {
            Membership home = member.homeOrRoot();
            return submitter == null ? home : submitter.from(home);
        }
    }

    /**
     * The submitter's membership, with the parent in place of a removed container, as for a fork.
     */
    private static @Nullable Membership live(@Nullable Membership submitter) {
        if (submitter == null) {
            return null;
        }
        Membership live = submitter.isRetired() ? submitter.live() : submitter;
        return live.handsOver() ? live : null;
    }

    /** @param begun the result of {@link #begin}, or {@link #UNUSED} */
    static void end(Member member, Object begun) {
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

    /**
     * The scope of a task that runs within another scope. If the outer scope is closed first, this
     * one is closed with it, and another scope may use its frame.
     */
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
