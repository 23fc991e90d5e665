package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Home;
import io.corral.runtime.container.LastHome;
import io.corral.runtime.container.Measurement;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The state of one thread in Corral: its home and its open scopes. Only the thread itself writes
 * the scopes; a mover reads them.
 */
public abstract class Member extends MemberState {

    private static final AtomicReferenceFieldUpdater<Member, @Nullable ScopeFrame> INNERMOST =
            AtomicReferenceFieldUpdater.newUpdater(Member.class, ScopeFrame.class, "innermost");

    /**
     * The frame of the innermost scope. If no scope is open, a closed frame may be kept for the
     * next.
     */
    private volatile @Nullable ScopeFrame innermost;

    /**
     * The membership in which the thread works: in each hierarchy, the container of its innermost
     * scope or, without one, of its home.
     */
    public final Membership working() {
        return working(openFrame(), homeOrRoot());
    }

    private static Membership working(@Nullable ScopeFrame open, Membership home) {
        return open == null ? home : open.from(home);
    }

    /** Called on the thread itself: whether it has a scope open. */
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

    /**
     * Called on the thread itself: the destination of its innermost scope, or null if that is not
     * known.
     */
    public final @Nullable Destination lastDestination() {
        ScopeFrame frame = innermost;
        return frame == null ? null : frame.destination();
    }

    @Override
    public Account account(Account current) {
        return account();
    }

    /** The membership that is charged. An ended thread still charges its last home. */
    public final Membership account() {
        ScopeFrame open = openFrame();
        // Read once: the thread may end meanwhile.
        Home now = homeOrLast();
        if (now instanceof LastHome last) {
            return last.membership();
        }
        return working(open, now instanceof Membership at ? at : Trees.ROOT);
    }

    /** Whether this is the calling thread's member. */
    abstract boolean isCurrent();

    /** Whether this is the member of a virtual thread. */
    public abstract boolean isVirtual();

    /**
     * Called on the thread itself: updates the meter, since the account that the thread works for
     * may have changed. The change was written at least with release semantics.
     */
    abstract void followOnMeter();

    /**
     * Called on a mover, under the lock of attaches: updates the meter, since the account of this
     * thread may have changed.
     */
    abstract void followFromOutside();

    /**
     * Whether a closed outermost frame is kept for the next scope. A virtual thread keeps none:
     * there may be a million, most without an open scope.
     */
    boolean keepsFrame() {
        return false;
    }

    /**
     * Whether a scope can be left open between two tasks, so that the switch is deferred. For a
     * virtual thread it cannot, since its frames are not reused.
     */
    boolean canPutOffSwitch() {
        return false;
    }

    /**
     * Called on the thread itself.
     *
     * @return the open frame
     */
    public final ScopeFrame enter(Destination destination) {
        return enter(openFrame(), destination);
    }

    /**
     * As {@link #enter(Destination)}.
     *
     * @param outer the result of {@link #openFrame}
     */
    public final ScopeFrame enter(@Nullable ScopeFrame outer, Destination destination) {
        Membership at = home();
        Membership from = at == null ? Trees.ROOT : at;
        Membership before = working(outer, from);
        Membership after = destination.from(before);
        boolean changes = before != after;
        // The fields are set before the frame is published, since a mover may read it at any time.
        Telling telling = Tellings.ofSwitch(this);
        ScopeFrame frame = frame(outer, destination, from, after);
        if (innermost != frame) {
            INNERMOST.lazySet(this, frame);
        }
        frame.change(!changes);
        if (changes || at != home() || telling != null) {
            try {
                changed(telling, at, before, after);
            } catch (Throwable exhausted) {
                closeSilently(frame);
                throw exhausted;
            }
        }
        return frame;
    }

    /** A closed frame that leads to {@code destination}: the kept one if there is one. */
    private ScopeFrame frame(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        ScopeFrame kept = innermost;
        if (outer == null && kept != null && kept.canOpenAgain()) {
            kept.lead(destination, home, place);
            return kept;
        }
        return ScopeFrame.make(outer, destination, home, place);
    }

    /**
     * Called on the thread itself: closes the scope of {@code frame}, so that the thread works
     * again where it worked before.
     */
    public final void leave(ScopeFrame frame) {
        Membership at = home();
        Membership from = at == null ? Trees.ROOT : at;
        ScopeFrame innermostOpen = openFrame();
        Membership before;
        Membership after;
        try {
            before = working(innermostOpen, from);
            after = working(frame.outer, from);
        } catch (Throwable exhausted) {
            closeSilently(frame);
            throw exhausted;
        }
        // If several scopes are closed, a concurrent attach may see only some of them closed, and
        // move the meter to a membership in which the thread never worked.
        boolean follows = before != after || innermostOpen != frame;
        Telling telling = Tellings.ofSwitch(this);
        close(frame, !follows);
        if (follows || at != home() || telling != null) {
            try {
                changed(telling, at, before, after);
            } catch (Throwable exhausted) {
                follow();
                throw exhausted;
            }
        }
    }

    /**
     * Closes a scope and those inside it. An attach changes the home before it reads the scopes, so
     * one of the two sees the other. The meter's compare-and-set orders them; if there is no meter,
     * a fence does so.
     */
    @ReservedStack
    private void close(ScopeFrame frame, boolean fenced) {
        if (!frame.isOpen()) {
            return;
        }
        closeInside(frame);
        boolean isKept = frame.outer == null && keepsFrame();
        ScopeFrame next = isKept ? frame : frame.outer;
        if (innermost != next) {
            INNERMOST.lazySet(this, next);
        }
        frame.change(fenced);
        if (isKept) {
            frame.dropDestination();
        }
    }

    /** Closes all scopes inside that of {@code frame}; all scopes if it is null. */
    private void closeInside(@Nullable ScopeFrame frame) {
        ScopeFrame open = innermost;
        while (open != null && open != frame) {
            if (open.isOpen()) {
                open.change(false);
            }
            open = open.outer;
        }
    }

    /**
     * As {@link #leave}, but without callbacks and observers: used if no memory or no stack is
     * left.
     */
    @ReservedStack
    public final void closeSilently(ScopeFrame frame) {
        close(frame, true);
        followOnMeter();
    }

    @ReservedStack
    private void follow() {
        followOnMeter();
    }

    /**
     * Called after the scopes or the home have changed. The meter is updated even if the thread
     * works in the same place as before, since a concurrent attach may have moved the meter.
     */
    private void changed(
            @Nullable Telling telling,
            @Nullable Membership homeBefore,
            Membership before,
            Membership expected) {
        try {
            Membership after = homeBefore != home() ? working() : expected;
            Measurement.enters(before, after, isVirtual());
            followOnMeter();
            Measurement.left(before, after);
            if (before != after) {
                Switches.observe(before, after);
            }
        } finally {
            // A subsystem that was registered during the change may not have been told of it.
            Tellings.tell(telling == null ? Tellings.ofSwitch(this) : telling);
        }
    }

    /**
     * Called on the thread itself: whether an outermost scope may stay open between two tasks. It
     * may not if a subsystem or the observer follows switches, or if the scope is measured.
     */
    public final boolean canStayIn(ScopeFrame frame) {
        return innermost == frame
                && frame.outer == null
                && frame.isOpen()
                && !frame.isMeasured()
                && canPutOffSwitch()
                && !Switches.areReported();
    }

    /**
     * Called at the thread's end: it is no longer a member anywhere, and its scopes are closed.
     *
     * @return the membership that it has left; null if it had none, or had ended before
     */
    public final @Nullable Membership moveOut() {
        Membership left = endHome();
        if (innermost != null) {
            closeInside(null);
            innermost = null;
        }
        return left;
    }
}
