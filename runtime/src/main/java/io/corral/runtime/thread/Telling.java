package io.corral.runtime.thread;

import io.corral.runtime.container.Membership;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
 */
public final class Telling {

    /** A change that is told once. */
    abstract static class Event {

        private @Nullable Event next;

        /** Runs without a lock, on the thread that tells. */
        abstract void tell(Telling telling);
    }

    private final Member member;
    private final Thread thread;

    /** Guards the fields below. No callback runs while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition told = lock.newCondition();

    private @Nullable Event first;
    private @Nullable Event last;

    /** The threads between {@link #use} and {@link #release}. */
    private int users;

    /** Whether this was taken out of the table. */
    private boolean isOver;

    /** Whether this stays in the table although it has no users. */
    private boolean isKept;

    /** Whether a switch may be due. */
    private boolean isDue;

    private @Nullable Thread teller;

    /** The home that the thread has left at its end; null before. */
    private @Nullable Membership left;

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
        lock.lock();
        try {
            if (isOver) {
                return false;
            }
            users++;
            if (place == null) {
                // No change is under way: its thread would be a user.
                place = member.account();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called by each user at the end.
     *
     * @return whether this is over, and is to leave the table
     */
    boolean release() {
        lock.lock();
        try {
            users--;
            isOver = users == 0 && first == null && !isKept;
            return isOver;
        } finally {
            lock.unlock();
        }
    }

    /** Called at the thread's exit: nothing follows. */
    void end() {
        lock.lock();
        try {
            isOver = true;
        } finally {
            lock.unlock();
        }
    }

    /** Called by events: keeps this until the thread itself has told of a switch, or has ended. */
    void keep() {
        lock.lock();
        try {
            isKept = true;
        } finally {
            lock.unlock();
        }
    }

    /** Called by a user under the lock of attaches, before it adds an event. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Called by a user between {@link #lock} and {@link #unlock}. Needs no memory. */
    void add(Event event) {
        if (last == null) {
            first = event;
        } else {
            last.next = event;
        }
        last = event;
    }

    /** Called by a user after its change. Tells what is due, unless another thread does so. */
    void tell() {
        lock.lock();
        try {
            isDue = true;
            if (Thread.currentThread() == thread) {
                isKept = false;
            }
            if (teller == null) {
                tellAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called at the thread's exit: returns when all that precedes the exit was told.
     *
     * @param home the home that the thread has left
     */
    void tellBeforeExit(Membership home) {
        lock.lock();
        try {
            left = home;
            isDue = true;
            isKept = false;
            while (teller != null && teller != Thread.currentThread()) {
                told.awaitUninterruptibly();
            }
            if (teller == null) {
                tellAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        teller = Thread.currentThread();
        try {
            while (isDue || first != null) {
                isDue = false;
                tell(poll());
            }
        } finally {
            teller = null;
            told.signalAll();
        }
    }

    private @Nullable Event poll() {
        Event event = first;
        if (event != null) {
            first = event.next;
            if (first == null) {
                last = null;
            }
        }
        return event;
    }

    private void tell(@Nullable Event event) {
        lock.unlock();
        try {
            Membership before = place();
            Membership end = left;
            Membership now = end == null ? member.account() : end;
            if (before != now) {
                place = now;
                MoveCallbacks.switched(member.told(), thread, before, now);
            }
            if (event != null) {
                event.tell(this);
            }
        } finally {
            lock.lock();
        }
    }
}
