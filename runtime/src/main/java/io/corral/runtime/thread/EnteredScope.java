package io.corral.runtime.thread;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ForceInline;

import org.jspecify.annotations.Nullable;

/**
 * What the application closes. Nothing of ours refers to it, so that where the compiler sees both ends of a
 * scope it need not be made.
 */
final class EnteredScope implements Scope {

    private final Member member;
    private final Destination destination;

    /** Where the scope is on the thread's stack; null until it is open. */
    private @Nullable ScopeFrame frame;

    /** What the frame's count of changes is as long as this scope is open. */
    private int opened;

    EnteredScope(Member member, Destination destination) {
        this.member = member;
        this.destination = destination;
    }

    /** A callback may have closed an outer scope meanwhile, and this one with it. */
    void opened(ScopeFrame by) {
        if (by.isOpen()) {
            opened = by.changes();
            frame = by;
        }
    }

    /** Null if this is not open any more. */
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
            throw notOurs();
        }
        member.leave(open);
    }

    private IllegalStateException notOurs() {
        return new IllegalStateException(
                "the scope in " + destination + " was opened by another thread than \""
                        + Thread.currentThread().getName() + "\", which can't close it");
    }

    @Override
    public String toString() {
        return (openFrame() == null ? "closed scope in " : "scope in ") + destination;
    }
}
