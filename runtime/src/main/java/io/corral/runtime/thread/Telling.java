package io.corral.runtime.thread;

import io.corral.runtime.container.Membership;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells subsystems of one thread's attaches, switches and adoption in the order in which these took
 * effect, one at a time. It exists while such a change is under way.
 *
 * <p>A thread that makes a change uses this before the change takes effect, and tells afterwards.
 * If another thread is telling already, that thread tells of this change too, and the first one
 * does not wait: callbacks may hold locks that a callback of the other wants. Only the exit of the
 * thread itself waits, so that it is told last.
 *
 * <p>Switches are not queued. Whoever tells compares where the thread works with what was told
 * last, so what was told always forms a chain, whichever threads have caused the switches.
 *
 * <p>The fields are guarded by this object's monitor, under which no callback runs and nothing
 * waits. The JVM releases a monitor also where the stack is exhausted. A lock of the JDK may be
 * taken there by a call that throws, or be released without waking the thread that waits for it.
 */
public final class Telling {

    /** A change that is told once. */
    abstract static class Event {

        private @Nullable Event next;

        /** Runs without a lock, on the thread that tells. */
        abstract void tell(Telling telling);
    }

    /** How long an exit waits until it looks again. The teller may have no stack to wake it. */
    private static final long LOOK_NANOS = 10_000_000;

    private final Member member;
    private final Thread thread;

    private @Nullable Event first;
    private @Nullable Event last;

    /** What the teller has taken from the queue and has not told yet. */
    private @Nullable Event taken;

    /** The threads between {@link #use} and {@link #release}. */
    private int users;

    /** Whether this was taken out of the table. */
    private boolean isOver;

    /** Whether this stays in the table although it has no users. */
    private boolean isKept;

    /** Whether a switch may be due. */
    private boolean isDue;

    /** The thread that tells. It finds itself here without the monitor. */
    private volatile @Nullable Thread teller;

    /** The home that the thread has left at its end; null before. */
    private @Nullable Membership left;

    /** The thread that runs the exit, and may wait for the teller; null before. */
    private @Nullable Thread ending;

    /** Where the thread works, as subsystems know it. Null until the first use. */
    private @Nullable Membership place;

    Telling(Member member, Thread thread) {
        this.member = member;
        this.thread = thread;
    }

    Thread thread() {
        return thread;
    }

    Member member() {
        return member;
    }

    /** Where the thread works, as subsystems know it. Called by events. */
    Membership place() {
        Membership known = place;
        return known == null ? member.account() : known;
    }

    /**
     * Called before a change.
     *
     * @return false if this is over: the caller looks for another one
     */
    boolean use() {
        // Not under the monitor, since this may wait for the lock of containers.
        Membership now = place == null ? member.account() : null;
        synchronized (this) {
            if (isOver) {
                return false;
            }
            if (place == null) {
                // No change is under way: its thread would be a user.
                place = now;
            }
            users++;
            return true;
        }
    }

    /**
     * Called by each user at the end.
     *
     * @return whether this is over, and is to leave the table
     */
    synchronized boolean release() {
        users--;
        isOver = users == 0 && first == null && taken == null && !isKept;
        return isOver;
    }

    /** Called at the thread's exit: nothing follows. */
    synchronized void end() {
        isOver = true;
    }

    /** Called by events: keeps this until the thread itself has told of a switch, or has ended. */
    synchronized void keep() {
        isKept = true;
    }

    /**
     * Called by a user under the lock of attaches: events are told in the order in which they are
     * added. Needs no memory.
     */
    synchronized void add(Event event) {
        if (last == null) {
            first = event;
        } else {
            last.next = event;
        }
        last = event;
    }

    /**
     * Called at the thread's exit under the lock of attaches, after it has left its home. The
     * events of all moves that took effect before were added.
     */
    synchronized void leave(Membership home) {
        left = home;
        isKept = false;
        ending = Thread.currentThread();
    }

    /** Called at the thread's exit: returns when all that precedes the exit was told. */
    void tellBeforeExit() {
        boolean wasInterrupted = false;
        while (!tell()) {
            // A thread that is interrupted does not park.
            wasInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Called by a user after its change. Tells subsystems of all changes that they do not know yet,
     * unless another thread does so.
     *
     * @return false if another thread does
     */
    boolean tell() {
        Thread current = Thread.currentThread();
        boolean isNested = teller == current;
        try {
            if (begin(current)) {
                while (takeNext()) {
                    tellNext();
                }
                return true;
            }
            return isNested;
        } finally {
            if (!isNested) {
                @Nullable Thread waiting;
                // Not a call, for which there may be no stack.
                synchronized (this) {
                    if (teller == current) {
                        teller = null;
                    }
                    // Its own permit would keep the caller from parking in tellBeforeExit.
                    waiting = ending == current ? null : ending;
                }
                LockSupport.unpark(waiting);
            }
        }
    }

    /** @return whether the calling thread tells from now on */
    private synchronized boolean begin(Thread current) {
        isDue = true;
        if (current == thread) {
            isKept = false;
        }
        if (teller != null) {
            return false;
        }
        teller = current;
        return true;
    }

    /** @return false if nothing is due: then the calling thread does not tell any more */
    private synchronized boolean takeNext() {
        if (!isDue && first == null && taken == null) {
            teller = null;
            return false;
        }
        isDue = false;
        if (taken == null && first != null) {
            taken = first;
            first = first.next;
            if (first == null) {
                last = null;
            }
        }
        return true;
    }

    private void tellNext() {
        Membership before = place();
        Membership end = left;
        Membership now = end == null ? member.account() : end;
        if (before != now) {
            place = now;
            MoveCallbacks.switched(member.told(), thread, before, now);
        }
        Event event = taken;
        if (event != null) {
            taken = null;
            event.tell(this);
        }
    }
}
