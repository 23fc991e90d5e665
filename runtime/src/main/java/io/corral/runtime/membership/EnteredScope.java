package io.corral.runtime.membership;

import io.corral.Scope;

import org.jspecify.annotations.Nullable;

/** A scope on its thread's stack of scopes. */
final class EnteredScope implements Scope {

    private final Member member;
    private final ContainerNode container;
    private final @Nullable EnteredScope outer;

    /** Where the thread was at home when it entered, and where that has led to. */
    private final Membership home;

    private final Membership place;

    /** Of the thread that opened it. Another that closes is refused, or sees that there is nothing to do. */
    private boolean closed;

    EnteredScope(
            Member member,
            ContainerNode container,
            @Nullable EnteredScope outer,
            Membership home,
            Membership place) {
        this.member = member;
        this.container = container;
        this.outer = outer;
        this.home = home;
        this.place = place;
    }

    @Nullable EnteredScope outer() {
        return outer;
    }

    void markClosed() {
        closed = true;
    }

    /** Where one works who comes from {@code home} through this scope and those around it. */
    Membership from(Membership home) {
        if (home == this.home) {
            return place;
        }
        return (outer == null ? home : outer.from(home)).moveTo(container);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!member.isCurrent()) {
            throw new IllegalStateException(
                    "the scope in " + container + " was opened by another thread than \""
                            + Thread.currentThread().getName() + "\", which can't close it");
        }
        member.leave(this);
    }

    @Override
    public String toString() {
        return (closed ? "closed scope in " : "scope in ") + container;
    }
}
