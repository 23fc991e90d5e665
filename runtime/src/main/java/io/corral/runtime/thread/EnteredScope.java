package io.corral.runtime.thread;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;

import org.jspecify.annotations.Nullable;

/**
 * A scope that the application closes, or the end of a method that a rule names. Corral keeps no
 * reference to it, so the compiler can eliminate the object where it sees both ends of a scope.
 */
public final class EnteredScope implements Scope {

    private final Member member;
    private final Destination destination;

    /** The entry of the thread's stack of scopes; null until the scope is open. */
    private @Nullable ScopeFrame frame;

    /** The frame's count of changes while this scope is open. */
    private int opened;

    private EnteredScope(Member member, Destination destination) {
        this.member = member;
        this.destination = destination;
    }

    /**
     * Opens a scope of the calling thread. Inlined, as {@link #close} is, so that the compiler can
     * eliminate the object between the two.
     */
    @ForceInline
    public static EnteredScope open(Destination destination) {
        return open(Members.current(), destination);
    }

    /**
     * As {@link #open(Destination)}.
     *
     * @param member the calling thread's
     */
    @ForceInline
    public static EnteredScope open(Member member, Destination destination) {
        // Created before the thread enters, since there may be no memory for it.
        EnteredScope scope = new EnteredScope(member, destination);
        scope.opened(Scopes.enter(member, destination));
        return scope;
    }

    /**
     * Sets the frame, unless a callback has already closed this scope together with an outer one.
     */
    private void opened(ScopeFrame by) {
        if (by.isOpen()) {
            opened = by.changes();
            frame = by;
        }
    }

    /** Null if this scope is closed. */
    private @Nullable ScopeFrame openFrame() {
        ScopeFrame known = frame;
        return known != null && known.changes() == opened ? known : null;
    }

    /** Whether the scope is open. Any thread may ask; the answer may be old. */
    public boolean isOpen() {
        return openFrame() != null;
    }

    @Override
    @ForceInline
    public void close() {
        ScopeFrame open = openFrame();
        if (open == null) {
            return;
        }
        if (!member.isCurrent()) {
            throw openedByAnotherThread();
        }
        Scopes.leave(member, open);
    }

    private IllegalStateException openedByAnotherThread() {
        return new IllegalStateException(
                "the scope in " + destination + " was opened by another thread than "
                        + Jdk.title(Thread.currentThread()) + ", which can't close it");
    }

    @Override
    public String toString() {
        return (openFrame() == null ? "closed scope in " : "scope in ") + destination;
    }
}
