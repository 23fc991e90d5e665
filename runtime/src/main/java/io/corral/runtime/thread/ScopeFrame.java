package io.corral.runtime.thread;

import io.corral.runtime.container.Destination;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Places;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a thread's stack of scopes: where the scope leads, and whether it is still open. The
 * outermost frame of a platform thread is reused. So a scope in one container allocates nothing but
 * the object that the application gets, and no old object refers to a new one, which costs a fence
 * and later work with G1. (A scope in two containers at once makes a {@link Places}.)
 *
 * <p>Written by the thread, and read by an attach at any time. If an attach reads during a change,
 * the thread finds the new home at the end of the change, and corrects its meter.
 */
public final class ScopeFrame {

    private static final AtomicIntegerFieldUpdater<ScopeFrame> CHANGES =
            AtomicIntegerFieldUpdater.newUpdater(ScopeFrame.class, "changes");

    /**
     * The number of changes after which a frame is not reused, so that the count does not overflow.
     */
    private static final int MAX_CHANGES = Integer.MAX_VALUE - 1;

    public final @Nullable ScopeFrame outer;

    /**
     * The destination; null in a closed frame that is kept for reuse. So an open scope keeps its
     * container reachable, even if that was removed, and a closed scope does not.
     */
    private @Nullable Destination destination;

    /**
     * The thread's home when it entered. Written after the destination and the place, and read
     * before them: a reader that finds the expected home also finds the place that belongs to it.
     */
    private volatile Membership home;

    /** The membership in which the thread works in this scope, if it came from {@link #home}. */
    private Membership place;

    /** The number of openings and closings: odd while the scope is open. Written last. */
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

    /** A call initializes this class. */
    static void initialize() {}

    /** Creates a closed frame. */
    static ScopeFrame make(
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership home,
            Membership place) {
        // The first scope in the JVM creates a frame: a virtual thread creates one for each scope,
        // a platform thread for its first one.
        HandOverFlag.turnOn();
        return new ScopeFrame(outer, destination, home, place);
    }

    /**
     * Sets the fields of a closed frame. Writes only references that change, since each write costs
     * a G1 barrier.
     */
    void setFields(Destination destination, Membership home, Membership place) {
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

    /** Drops the destination of a closed frame that is kept. To write null costs no fence. */
    void dropDestination() {
        destination = null;
    }

    /** Called by the thread itself for an open frame. */
    public @Nullable Destination destination() {
        return destination;
    }

    public boolean leadsTo(Destination other) {
        return destination == other;
    }

    /** Whether what the thread uses in this scope is measured. */
    boolean isMeasured() {
        return place.measurement() != null;
    }

    public int changes() {
        return changes;
    }

    public boolean isOpen() {
        return (changes & 1) == 1;
    }

    boolean canOpenAgain() {
        return changes < MAX_CHANGES;
    }

    /** Opens or closes the scope, with a full fence or with release semantics only. */
    void toggle(boolean fenced) {
        int next = changes + 1;
        if (fenced) {
            changes = next;
        } else {
            CHANGES.lazySet(this, next);
        }
    }

    /** Closes the scope; see {@link #toggle}. */
    void close(boolean fenced) {
        toggle(fenced);
        place.scopeCloses();
    }

    /**
     * The membership in which a thread with that home works inside this scope and those around it.
     */
    Membership from(Membership home) {
        if (home == this.home) {
            return place;
        }
        Membership around = outer == null ? home : outer.from(home);
        Destination known = destination;
        // Null if the owner closes the scope meanwhile.
        return known == null ? around : around.enter(known);
    }
}
