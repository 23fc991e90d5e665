package io.corral.runtime.handover;

import io.corral.runtime.container.Destination;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Route;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;
import io.corral.runtime.thread.Scopes;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * The scope around a task while it runs: it leads to the submitter's container, and its end closes
 * the scopes that the task has opened and not closed. Used by the thread that runs the task.
 */
public final class TaskScope {

    /** The thread had no scope open, and the task took no container along. */
    private static final Object NOTHING_OPEN = new Object();

    /** The task began before hand-over was on. */
    public static final Object BEFORE_HAND_OVER = new Object();

    private TaskScope() {}

    /** A call initializes this class. */
    static void initialize() {}

    /**
     * @param submitter null if the task took no container along
     * @return for {@link #end}
     */
    public static Object begin(Member member, @Nullable Membership submitter) {
        return begin(member, member.openFrame(), live(submitter));
    }

    private static Object begin(
            Member member, @Nullable ScopeFrame outer, @Nullable Destination destination) {
        if (outer == null) {
            return destination == null ? NOTHING_OPEN : Scopes.enter(member, null, destination);
        }
        if (destination == null || outer.leadsTo(destination)) {
            return new NestedTask(member, outer);
        }
        return enter(member, outer, destination);
    }

    /**
     * As {@link #begin}, for a fork-join task that may begin within other work: within a task that
     * joins it, or on a thread that helps the pool. If it was submitted from no container, it is
     * the pool's, and leaves the container of that work.
     */
    public static Object beginQueued(Member member, Membership submitter) {
        ScopeFrame outer = member.openFrame();
        Destination destination = live(submitter);
        if (destination == null) {
            destination = placeOfPool(member, outer);
        }
        return begin(member, outer, destination);
    }

    /** Null if the thread is there already, or works in no container. */
    private static @Nullable Destination placeOfPool(Member member, @Nullable ScopeFrame outer) {
        boolean isWorker = Thread.currentThread() instanceof ForkJoinWorkerThread;
        boolean isThere =
                outer == null ? isWorker : member.innermostDestination() instanceof PlaceOfPool;
        if (isThere || !member.working().handsOver()) {
            return null;
        }
        return isWorker
                ? new PlaceOfPool(member, Membership.ROOT)
                : new PlaceOfPool(null, PoolHomes.ofCommonPool());
    }

    /**
     * The scope of a thread that waits for a pool to be idle, is no worker of it, and runs its
     * tasks meanwhile.
     *
     * @return for {@link #end}; null if the thread works in no container
     */
    public static @Nullable Object beginHelp(Member member, Object pool) {
        return member.working().handsOver()
                ? begin(member, member.openFrame(), new PlaceOfPool(null, PoolHomes.of(pool)))
                : null;
    }

    /**
     * Leads a thread to the place of a fork-join pool.
     *
     * @param worker the member of the pool's worker; null for another thread
     * @param home the place for another thread
     */
    private record PlaceOfPool(@Nullable Member worker, Membership home) implements Route {
        @Override
        public Membership from(Membership place) {
            return worker == null ? home.live() : worker.homeOrRoot();
        }
    }

    private static Object enter(Member member, ScopeFrame outer, Destination destination) {
        // Created before the thread enters, because the allocation may fail.
        NestedTask inner = new NestedTask(member, outer);
        inner.opened(Scopes.enter(member, outer, destination));
        return inner;
    }

    /**
     * The scope around an item, a task in an executor's own queue (see {@link ItemPoint}): it leads
     * from the thread's home to the submitter's container, whatever task the thread works for.
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

        @Override
        public boolean hasGivenWay() {
            return submitter != null && submitter.hasGivenWay();
        }

        @Override
        public FromHome again() {
            return submitter == null ? this : new FromHome(member, submitter.again());
        }
    }

    /**
     * The submitter's membership, with the parent in place of a removed container, as for a fork; a
     * container that has given way is made again. Null if tasks take no container along from there.
     */
    private static @Nullable Membership live(@Nullable Membership submitter) {
        if (submitter == null) {
            return null;
        }
        Membership live = submitter.isRetired() ? submitter.again() : submitter;
        return live.handsOver() ? live : null;
    }

    /** @param begun the result of {@link #begin}, or {@link #BEFORE_HAND_OVER} */
    public static void end(Member member, Object begun) {
        ScopeFrame open = begun instanceof ScopeFrame frame
                ? frame
                : begun instanceof NestedTask inner ? inner.toClose() : outermost(member, null);
        if (open != null && open.isOpen()) {
            Scopes.leave(member, open);
        }
    }

    /**
     * The outermost open scope inside {@code outer}, or of all if that is null. Null if none is.
     */
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
    public static final class NestedTask {

        public final Member member;
        private final ScopeFrame outer;
        private @Nullable ScopeFrame own;

        /**
         * The frame's number of changes at the beginning. If it has grown, the scope was closed,
         * and the frame may be in use for another one.
         */
        private int changesAtStart;

        NestedTask(Member member, ScopeFrame outer) {
            this.member = member;
            this.outer = outer;
            this.changesAtStart = outer.changes();
        }

        void opened(ScopeFrame opened) {
            own = opened;
            changesAtStart = opened.changes();
        }

        /**
         * The scope of the task, or the outermost of those that it has left open. Null if there is
         * none, or if the outer scope was closed, which has closed them all.
         */
        @Nullable ScopeFrame toClose() {
            ScopeFrame known = own == null ? outer : own;
            if (known.changes() != changesAtStart) {
                return null;
            }
            return own == null ? outermost(member, outer) : own;
        }
    }
}
