package io.corral.runtime.membership;

import io.corral.Scope;

import org.jspecify.annotations.Nullable;

/** A scope on its thread's stack of scopes. */
final class EnteredScope implements Scope {

    private final Member member;
    private final ContainerNode container;
    private final @Nullable EnteredScope outer;

    /**
     * Where the thread was at home when it entered; null once this is closed. Written by the thread that
     * opened it. Another that closes is refused, or sees that there is nothing to do.
     */
    private @Nullable Membership home;

    /** Where that home has led to. */
    private final Membership place;

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
        home = null;
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
        if (home == null) {
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
        return (home == null ? "closed scope in " : "scope in ") + container;
    }
}
