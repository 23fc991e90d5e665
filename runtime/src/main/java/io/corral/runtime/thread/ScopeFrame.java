package io.corral.runtime.thread;

import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Places;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A place on a thread's stack of scopes: where it leads to, and whether that scope is
 * open still. The outermost of a platform thread is used again and again, so that a scope in one container allocates
 * nothing but what the application gets, and no old object gets to know a new one: G1 has a fence, and
 * work for later, behind each such reference. (A scope in two at once makes a {@link Places}.)
 *
 * <p>Written by the thread. A mover reads it at any time. If that is in the middle of a change the thread
 * finds the new home at the end of it, and leads its meter right.
 */
public final class ScopeFrame {

    private static final AtomicIntegerFieldUpdater<ScopeFrame> CHANGES =
            AtomicIntegerFieldUpdater.newUpdater(ScopeFrame.class, "changes");

    /** Before these come round another frame is made. */
    private static final int MOST_CHANGES = Integer.MAX_VALUE - 1;

    public final @Nullable ScopeFrame outer;

    private Destination destination;

    /**
     * Where the thread was at home when it entered. Written behind the destination and the place and read
     * before them: who finds the home it asks for finds the place that belongs to it.
     */
    private volatile Membership home;

    /** Where that home has led to. */
    private Membership place;

    /** How often it was opened and closed: odd while it is open. Written last. */
    private volatile int changes;

    private ScopeFrame(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        this.outer = outer;
        this.destination = destination;
        this.home = home;
        this.place = place;
    }

    /** Closed. */
    static ScopeFrame make(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        // A virtual thread makes a frame for each scope, a platform thread for its first one: the
        // first scope in the JVM makes one.
        HandOverFlag.turnOn();
        return new ScopeFrame(outer, destination, home, place);
    }

    /** While it is closed. References are written where they change only. */
    void lead(Destination destination, Membership home, Membership place) {
        if (this.destination != destination) {
            this.destination = destination;
        }
        if (this.place != place) {
            this.place = place;
        }
        if (this.home != home) {
            this.home = home;
        }
    }

    Destination destination() {
        return destination;
    }

    public boolean leadsTo(Destination other) {
        return destination == other;
    }

    public int changes() {
        return changes;
    }

    public boolean isOpen() {
        return (changes & 1) == 1;
    }

    boolean canOpenAgain() {
        return changes < MOST_CHANGES;
    }

    /** Opens or closes it; with a fence, or with a release only. */
    void change(boolean fenced) {
        int next = changes + 1;
        if (fenced) {
            changes = next;
        } else {
            CHANGES.lazySet(this, next);
        }
    }

    /** Where one works who comes from {@code home} through this scope and those around it. */
    Membership from(Membership home) {
        if (home == this.home) {
            return place;
        }
        return destination.from(outer == null ? home : outer.from(home));
    }
}
