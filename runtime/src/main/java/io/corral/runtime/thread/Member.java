package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One thread as Corral sees it: its home, and the scopes it has open. Scopes are written by the
 * thread alone; a thread that moves this one reads them.
 */
public abstract class Member extends MemberState {

    private static final AtomicReferenceFieldUpdater<Member, @Nullable ScopeFrame> INNERMOST =
            AtomicReferenceFieldUpdater.newUpdater(Member.class, ScopeFrame.class, "innermost");

    /**
     * The frame of the innermost scope. If no scope is open, a closed frame may be kept for the
     * next.
     */
    private volatile @Nullable ScopeFrame innermost;

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

    /**
     * On the thread itself: where its innermost scope leads. If no scope is open, where the last
     * one led, or null if that is not known.
     */
    public final @Nullable Destination lastDestination() {
        ScopeFrame frame = innermost;
        return frame == null ? null : frame.destination();
    }

    @Override
    public Account account(Account current) {
        return account();
    }

    /** The membership that is charged. What an ended thread still uses is its last home's. */
    public final Membership account() {
        Membership last = lastHome();
        return last == null ? working() : last;
    }

    /** Whether this is the calling thread's member. */
    abstract boolean isCurrent();

    /** Whether this is the member of a virtual thread. */
    public abstract boolean isVirtual();

    /**
     * On the thread itself: the account that it works for may have changed. The change was written
     * at least with release semantics.
     */
    abstract void followOnMeter();

    /** On another thread, under the lock of attaches: the account of this one may have changed. */
    abstract void followFromOutside();

    /**
     * Whether a closed outermost frame is kept for the next scope. A virtual thread keeps none:
     * there may be a million, most without an open scope.
     */
    boolean keepsFrame() {
        return false;
    }

    /**
     * Whether the next switch of the thread can be put off for a while. A virtual thread's cannot:
     * its frame serves one scope.
     */
    boolean canPutOffSwitch() {
        return false;
    }

    /**
     * On the thread itself.
     *
     * @return the open frame
     */
    public final ScopeFrame enter(Destination destination) {
        return enter(openFrame(), destination);
    }

    /**
     * As {@link #enter(Destination)}.
     *
     * @param outer what {@link #openFrame} answers
     */
    public final ScopeFrame enter(@Nullable ScopeFrame outer, Destination destination) {
        Membership at = home();
        Membership from = at == null ? Trees.ROOT : at;
        Membership before = working(outer, from);
        Membership after = destination.from(before);
        ScopeFrame frame = frame(outer, destination, from, after);
        boolean changes = before != after;
        if (innermost != frame) {
            INNERMOST.lazySet(this, frame);
        }
        frame.change(!changes);
        if (changes || at != home()) {
            try {
                changed(at, before, after);
            } catch (Throwable exhausted) {
                closeSilently(frame);
                throw exhausted;
            }
        }
        return frame;
    }

    /** A closed frame. */
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
     * On the thread itself: goes back to where it was before the scope of the open {@code frame}.
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
        // If several scopes close, a concurrent attach may see some of them closed, and lead the
        // meter to a place where the thread never worked.
        boolean follows = before != after || innermostOpen != frame;
        close(frame, !follows);
        if (follows || at != home()) {
            try {
                changed(at, before, after);
            } catch (Throwable exhausted) {
                follow();
                throw exhausted;
            }
        }
    }

    /**
     * Closes a scope and those inside it. An attach changes the home and then reads the scopes, so
     * one of the two sees the other: by the compare-and-set of the meter if that follows, else by a
     * fence here.
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
     * On the thread itself, as {@link #leave}, but tells neither subsystems nor the observer: for
     * where no memory or no stack is left.
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
     * The scopes or the home have changed. If the home has, the meter follows even if the thread
     * works where it did before, since a concurrent attach may have led the meter away.
     */
    private void changed(@Nullable Membership homeBefore, Membership before, Membership expected) {
        Membership after = homeBefore != home() ? working() : expected;
        followOnMeter();
        if (before != after) {
            Switches.report(before, after);
        }
    }

    /**
     * On the thread itself: whether it may stay in an outermost scope between two tasks. It may not
     * while a subsystem or the observer is told of switches.
     */
    public final boolean canStayIn(ScopeFrame frame) {
        return innermost == frame
                && frame.outer == null
                && frame.isOpen()
                && canPutOffSwitch()
                && !Switches.areReported();
    }

    /**
     * At the thread's end: it is a member nowhere from now on, and its scopes are closed.
     *
     * @return the membership that it has left; null if it had none, or has ended before
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
