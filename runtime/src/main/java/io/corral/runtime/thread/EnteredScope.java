package io.corral.runtime.thread;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;

import org.jspecify.annotations.Nullable;

/**
 * The scope that the application closes. Corral keeps no reference to it, so the compiler can
 * eliminate the object where it sees both ends of a scope.
 */
final class EnteredScope implements Scope {

    private final Member member;
    private final Destination destination;

    /** The entry of the thread's stack of scopes; null until the scope is open. */
    private @Nullable ScopeFrame frame;

    /** The frame's count of changes while this scope is open. */
    private int opened;

    EnteredScope(Member member, Destination destination) {
        this.member = member;
        this.destination = destination;
    }

    /**
     * Sets the frame, unless a callback has already closed this scope together with an outer one.
     */
    void opened(ScopeFrame by) {
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
        member.leave(open);
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
