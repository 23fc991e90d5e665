package io.corral.runtime.handover;

import io.corral.runtime.container.Destination;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Route;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;
import io.corral.runtime.thread.Scopes;

import org.jspecify.annotations.Nullable;

/**
 * The scope around a task while it runs: it leads to the submitter's container, and its end closes
 * the scopes that the task has opened and not closed. Used by the thread that runs the task.
 */
public final class TaskScope {

    /** The thread had no scope open, and the task took no container along. */
    private static final Object NOTHING_OPEN = new Object();

    /** The task began before hand-over was on. */
    public static final Object UNUSED = new Object();

    private TaskScope() {}

    /** A call initializes this class. */
    static void initialize() {}

    /**
     * @param submitter null if the task took no container along
     * @return for {@link #end}
     */
    public static Object begin(Member member, @Nullable Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Membership destination = live(submitter);
        if (outer == null) {
            return destination == null ? NOTHING_OPEN : Scopes.enter(member, null, destination);
        }
        if (destination == null || outer.leadsTo(destination)) {
            return new Inner(member, outer);
        }
        return enter(member, outer, destination);
    }

    private static Object enter(Member member, ScopeFrame outer, Destination destination) {
        // Created before the thread enters, because the allocation may fail.
        Inner inner = new Inner(member, outer);
        inner.opened(Scopes.enter(member, outer, destination));
        return inner;
    }

    /**
     * The scope around an item: it leads from the thread's home to the submitter's container,
     * whatever task the thread works for.
     *
     * @param submitter null if the item took no container along
     * @return for {@link #end}; null if the thread has no open scope and the item no submitter
     */
    public static @Nullable Object beginItem(Member member, @Nullable Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Membership destination = live(submitter);
        if (outer == null) {
            return destination == null ? null : Scopes.enter(member, null, destination);
        }
        return enter(member, outer, new FromHome(member, destination));
    }

    private record FromHome(Member member, @Nullable Membership submitter) implements Route {
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
    public static void end(Member member, Object begun) {
        ScopeFrame open = begun instanceof ScopeFrame frame
                ? frame
                : begun instanceof Inner inner ? inner.toClose() : outermost(member, null);
        if (open != null && open.isOpen()) {
            Scopes.leave(member, open);
        }
    }

    /** The outermost open scope of the thread inside {@code outer}; null if there is none. */
    private static @Nullable ScopeFrame outermost(Member member, @Nullable ScopeFrame outer) {
        ScopeFrame outermost = null;
        for (ScopeFrame open = member.openFrame();
                open != null && open != outer;
                open = open.outer) {
            if (open.isOpen()) {
                outermost = open;
            }
        }
        return outermost;
    }

    /**
     * A task that runs within a scope of another task. It has no scope of its own if the outer one
     * leads to its submitter.
     */
    public static final class Inner {

        public final Member member;
        private final ScopeFrame outer;
        private @Nullable ScopeFrame own;

        /** Tells whether that scope was closed, and its frame is perhaps in use for another one. */
        private int changes;

        Inner(Member member, ScopeFrame outer) {
            this.member = member;
            this.outer = outer;
            this.changes = outer.changes();
        }

        void opened(ScopeFrame opened) {
            own = opened;
            changes = opened.changes();
        }

        /**
         * The scope of the task, or the outermost of those that it has left open. Null if there is
         * none, or if the outer scope was closed, which has closed them all.
         */
        @Nullable ScopeFrame toClose() {
            ScopeFrame known = own == null ? outer : own;
            if (known.changes() != changes) {
                return null;
            }
            return own == null ? outermost(member, outer) : own;
        }
    }
}
