package io.corral.runtime.thread;

import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The open scopes of one thread: a list of frames, the innermost first. Only the thread itself
 * writes it; a mover reads it. {@link Scopes} has the steps of entering and leaving.
 *
 * <p>This is a superclass of {@link Member}, since an object of its own would add 16 bytes to each
 * virtual thread.
 */
public abstract class ScopeStack {

    private static final AtomicReferenceFieldUpdater<ScopeStack, @Nullable ScopeFrame> INNERMOST =
            AtomicReferenceFieldUpdater.newUpdater(ScopeStack.class, ScopeFrame.class, "innermost");

    /**
     * The frame of the innermost scope. If no scope is open, a closed frame may be kept for the
     * next.
     */
    private volatile @Nullable ScopeFrame innermost;

    /** Called on the thread itself: whether it has a scope open. */
    public final boolean hasScope() {
        return openFrame() != null;
    }

    /** The frame of the innermost open scope, or null. */
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
    public final @Nullable Destination innermostDestination() {
        ScopeFrame frame = innermost;
        return frame == null ? null : frame.destination();
    }

    /** Whether {@code frame} is open, and no other scope is. */
    final boolean hasOnly(ScopeFrame frame) {
        return innermost == frame && frame.outer == null && frame.isOpen();
    }

    /**
     * Whether a closed outermost frame is kept for the next scope. A virtual thread keeps none:
     * there may be a million, most without an open scope.
     */
    boolean keepsFrame() {
        return false;
    }

    /**
     * Makes a closed frame the innermost one, and reuses the kept frame if there is one. Sets its
     * fields first, since a mover may read it at any time.
     *
     * @param outer the result of {@link #openFrame}
     */
    final ScopeFrame push(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        ScopeFrame kept = innermost;
        if (outer == null && kept != null && kept.canOpenAgain()) {
            kept.setFields(destination, home, place);
            return kept;
        }
        ScopeFrame made = ScopeFrame.make(outer, destination, home, place);
        INNERMOST.lazySet(this, made);
        return made;
    }

    /**
     * Closes a scope and those inside it. An attach changes the home before it reads the scopes, so
     * one of the two sees the other. The meter's compare-and-set orders them.
     *
     * @param fenced whether a fence orders them, since there is no meter
     */
    @ReservedStack
    final void close(ScopeFrame frame, boolean fenced) {
        if (!frame.isOpen()) {
            return;
        }
        closeInside(frame);
        boolean isKept = frame.outer == null && keepsFrame();
        ScopeFrame next = isKept ? frame : frame.outer;
        if (innermost != next) {
            INNERMOST.lazySet(this, next);
        }
        frame.close(fenced);
        if (isKept) {
            frame.dropDestination();
        }
    }

    /** Closes all scopes, and keeps no frame. */
    final void closeAll() {
        if (innermost != null) {
            closeInside(null);
            innermost = null;
        }
    }

    /** Closes all scopes inside that of {@code frame}; all scopes if it is null. */
    private void closeInside(@Nullable ScopeFrame frame) {
        ScopeFrame open = innermost;
        while (open != null && open != frame) {
            if (open.isOpen()) {
                open.close(false);
            }
            open = open.outer;
        }
    }
}
