package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.handover.HandOverSwitch;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One thread as Corral sees it: its home, where it is a member, and the scopes it has open.
 *
 * <p>Home is written by the parent before the thread runs, by who attaches it (under the lock of
 * attaches), and by the thread at its end. Scopes are the thread's own; movers read them.
 */
public abstract class Member extends Meter.Target {

    private static final AtomicReferenceFieldUpdater<Member, @Nullable Membership> HOME =
            AtomicReferenceFieldUpdater.newUpdater(Member.class, Membership.class, "home");

    private static final AtomicReferenceFieldUpdater<Member, @Nullable ScopeFrame> INNERMOST =
            AtomicReferenceFieldUpdater.newUpdater(Member.class, ScopeFrame.class, "innermost");

    private volatile @Nullable Membership home;

    /** The innermost scope's; if none is open it may be a closed one, to be used again. */
    private volatile @Nullable ScopeFrame innermost;

    /** In {@link #busy}: a hook runs on this thread. One that a callback starts is counted, and no more. */
    private static final byte IN_HOOK = 1;

    /** In {@link #busy}: what a rule for methods calls runs on this thread. */
    private static final byte IN_RULE = 2;

    /** The thread's own. (One field, as another would take eight bytes of each virtual thread.) */
    private byte busy;

    /** While exit callbacks of another thread run on this one, the current container is the root. */
    private boolean runsExitCallbacks;

    /** Whether the exit callbacks are owed. Written before the thread runs. */
    private boolean exitCallbacksOwed;

    /** Where the thread is a member, or null before its start and after its end. */
    public final @Nullable Membership home() {
        return home;
    }

    public final Membership homeOrRoot() {
        Membership now = home;
        return now == null ? Trees.ROOT : now;
    }

    /** Where the thread works: its home, but in each hierarchy the innermost scope's container. */
    public final Membership working() {
        return working(openFrame(), homeOrRoot());
    }

    private static Membership working(@Nullable ScopeFrame open, Membership home) {
        return open == null ? home : open.from(home);
    }

    /** On the thread itself: whether it has a scope open. */
    public final boolean hasScope() {
        return openFrame() != null;
    }

    public final @Nullable ScopeFrame openFrame() {
        ScopeFrame frame = innermost;
        while (frame != null && !frame.isOpen()) {
            frame = frame.outer;
        }
        return frame;
    }

    /** On the thread itself: where its innermost scope leads, or where one has led that is closed; null if that is not known. */
    public final @Nullable Destination lastDestination() {
        ScopeFrame frame = innermost;
        return frame == null ? null : frame.destination();
    }

    @Override
    public final Membership account() {
        return working();
    }

    /** Whether this is the calling thread's. */
    abstract boolean isCurrent();

    /** Whether this member is of a virtual thread. */
    public abstract boolean isVirtual();

    /**
     * On the thread itself: the account it works for may have changed. What has changed was written with a
     * release at least.
     */
    abstract void followOnMeter();

    /** On another thread, under the lock of attaches: the account this one works for may have changed. */
    abstract void followFromOutside();

    /**
     * Whether a closed outermost frame is kept for the next scope. Of virtual threads there may be a million,
     * and most have no scope open.
     */
    boolean keepsFrame() {
        return false;
    }

    /** Whether readers can do without its next switch for a while. Not a virtual thread's: its frame serves one scope. */
    boolean canPutOffSwitch() {
        return false;
    }

    /**
     * On the thread itself.
     *
     * @return open
     */
    public final ScopeFrame enter(Destination destination) {
        return enter(openFrame(), destination);
    }

    /** As {@link #enter(Destination)}, by who knows {@link #openFrame}. */
    public final ScopeFrame enter(@Nullable ScopeFrame outer, Destination destination) {
        Membership at = home;
        Membership from = at == null ? Trees.ROOT : at;
        Membership before = working(outer, from);
        Membership after = destination.from(before);
        ScopeFrame frame = frame(outer, destination, from, after);
        boolean changes = before != after;
        if (innermost != frame) {
            INNERMOST.lazySet(this, frame);
        }
        frame.change(!changes);
        if (changes || at != home) {
            try {
                changed(at, before, after);
            } catch (Throwable exhausted) {
                closeUntold(frame);
                throw exhausted;
            }
        }
        return frame;
    }

    /** A closed one. */
    private ScopeFrame frame(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        ScopeFrame kept = innermost;
        if (outer == null
                && kept != null
                && kept.canOpenAgain()
                && HandOverSwitch.CURRENT.isSettled()) {
            kept.lead(destination, home, place);
            return kept;
        }
        return ScopeFrame.make(outer, destination, home, place);
    }

    /** On the thread itself: back to where it was before the scope in {@code frame}, which is open. */
    public final void leave(ScopeFrame frame) {
        Membership at = home;
        Membership from = at == null ? Trees.ROOT : at;
        ScopeFrame innermostOpen = openFrame();
        Membership before;
        Membership after;
        try {
            before = working(innermostOpen, from);
            after = working(frame.outer, from);
        } catch (Throwable exhausted) {
            closeUntold(frame);
            throw exhausted;
        }
        // Of several that close a mover may find some closed, and a place in which the thread never
        // was.
        boolean follows = before != after || innermostOpen != frame;
        close(frame, !follows);
        if (follows || at != home) {
            try {
                changed(at, before, after);
            } catch (Throwable exhausted) {
                follow();
                throw exhausted;
            }
        }
    }

    /**
     * And those inside it. A mover changes home and then looks at the scopes, so one of the two sees the
     * other: by the meter's compare-and-set if that follows, else by a fence here.
     */
    @ReservedStack
    private void close(ScopeFrame frame, boolean fenced) {
        if (!frame.isOpen()) {
            return;
        }
        closeInside(frame);
        ScopeFrame next = frame.outer == null && keepsFrame() ? frame : frame.outer;
        if (innermost != next) {
            INNERMOST.lazySet(this, next);
        }
        frame.change(fenced);
    }

    /** Closes all scopes inside that of {@code frame}, or all there are. */
    private void closeInside(@Nullable ScopeFrame frame) {
        ScopeFrame open = innermost;
        while (open != null && open != frame) {
            if (open.isOpen()) {
                open.change(false);
            }
            open = open.outer;
        }
    }

    /** On the thread itself, as {@link #leave}: without a word to anybody, and where no memory, or no stack, is left for more. */
    @ReservedStack
    public final void closeUntold(ScopeFrame frame) {
        close(frame, true);
        followOnMeter();
    }

    @ReservedStack
    private void follow() {
        followOnMeter();
    }

    /**
     * The scopes lead elsewhere, or home is another. The meter follows here if home is another, though the
     * thread may work where it did before, since a mover can have led it away.
     */
    private void changed(@Nullable Membership homeBefore, Membership before, Membership expected) {
        Membership after = homeBefore != home ? working() : expected;
        followOnMeter();
        if (before != after) {
            MoveCallbacks.switched(Thread.currentThread(), before, after);
            Observer observer = switchObserver();
            if (observer != null) {
                tell(observer, before, after);
            }
        }
    }

    /**
     * On the thread itself: whether it may stay in an outermost scope between two pieces of work. Not where somebody waits for what
     * a switch brings.
     */
    public final boolean canStayIn(ScopeFrame frame) {
        return innermost == frame
                && frame.outer == null
                && frame.isOpen()
                && canPutOffSwitch()
                && !MoveCallbacks.areAskedFor()
                && switchObserver() == null;
    }

    /** Who is told of switches, or null. */
    private static @Nullable Observer switchObserver() {
        Observer observer = Observer.Current.observer;
        return observer != null && observer.observesSwitches() ? observer : null;
    }

    private static void tell(Observer observer, Membership before, Membership after) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode from = before.container(hierarchy);
            ContainerNode to = after.container(hierarchy);
            if (from != to) {
                observer.switched(Thread.currentThread(), from, to);
            }
        }
    }

    /** On the parent, or on who adopts it: the thread is a member of {@code membership}, which is pinned. */
    public final void settleIn(Membership membership) {
        // Whoever finds the thread, to move it or to run it, has synchronized with who does this.
        HOME.lazySet(this, membership);
    }

    /** Without the agent, where nobody is counted. */
    final void moveHome(Membership membership) {
        home = membership;
    }

    /**
     * Under the lock of attaches.
     *
     * @return false if the thread has moved out meanwhile
     */
    final boolean moveHome(Membership from, Membership to) {
        return HOME.compareAndSet(this, from, to);
    }

    /**
     * At the thread's end: it is nowhere from now on, and its scopes are closed.
     *
     * @return where it was, or null if it was nowhere already
     */
    public final @Nullable Membership moveOut() {
        Membership was = HOME.getAndSet(this, null);
        if (innermost != null) {
            closeInside(null);
            innermost = null;
        }
        return was;
    }

    /** @return whether no hook runs on this thread yet; then one does until {@link #leaveHook} */
    public final boolean enterHook() {
        boolean entered = (busy & IN_HOOK) == 0;
        busy |= IN_HOOK;
        return entered;
    }

    public final void leaveHook() {
        busy &= ~IN_HOOK;
    }

    /** @return whether neither a hook nor a rule runs on this thread yet; then one does until {@link #leaveRule} */
    public final boolean enterRule() {
        boolean entered = busy == 0;
        if (entered) {
            busy = IN_RULE;
        }
        return entered;
    }

    public final void leaveRule() {
        busy &= ~IN_RULE;
    }

    public final void runsExitCallbacks(boolean runs) {
        runsExitCallbacks = runs;
    }

    public final boolean runsExitCallbacks() {
        return runsExitCallbacks;
    }

    public final void oweExitCallbacks() {
        exitCallbacksOwed = true;
    }

    public final boolean exitCallbacksOwed() {
        return exitCallbacksOwed;
    }
}
