package io.corral.runtime.thread;

import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.ReservedStack;
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
 * <p>The lock is taken and released within one method that keeps some stack in reserve: where the
 * stack is exhausted, {@code lock()} takes the lock and throws.
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

    /** Written under the lock. A thread finds itself here without it. */
    private volatile @Nullable Thread teller;

    /** What the teller has taken and not told yet. */
    private @Nullable Event polled;

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
    @ReservedStack
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
    @ReservedStack
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
    @ReservedStack
    void end() {
        lock.lock();
        try {
            isOver = true;
        } finally {
            lock.unlock();
        }
    }

    /** Called by events: keeps this until the thread itself has told of a switch, or has ended. */
    @ReservedStack
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
        boolean isNested = teller == Thread.currentThread();
        try {
            if (begin()) {
                tellAll();
            }
        } finally {
            if (!isNested) {
                stop();
            }
        }
    }

    /** @return whether the caller is to tell */
    @ReservedStack
    private boolean begin() {
        lock.lock();
        try {
            isDue = true;
            if (Thread.currentThread() == thread) {
                isKept = false;
            }
            return becomeTeller();
        } finally {
            lock.unlock();
        }
    }

    private boolean becomeTeller() {
        boolean isFree = teller == null;
        if (isFree) {
            teller = Thread.currentThread();
        }
        return isFree;
    }

    /** Lets another thread tell, after an error too. */
    @ReservedStack
    private void stop() {
        if (teller == Thread.currentThread()) {
            lock.lock();
            try {
                teller = null;
                told.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Called at the thread's exit: returns when all that precedes the exit was told.
     *
     * @param home the home that the thread has left
     */
    void tellBeforeExit(Membership home) {
        boolean isNested = teller == Thread.currentThread();
        try {
            if (beginBeforeExit(home)) {
                tellAll();
            }
        } finally {
            if (!isNested) {
                stop();
            }
        }
    }

    private boolean beginBeforeExit(Membership home) {
        lock.lock();
        try {
            left = home;
            isDue = true;
            isKept = false;
            while (teller != null && teller != Thread.currentThread()) {
                told.awaitUninterruptibly();
            }
            return becomeTeller();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        while (next()) {
            Event event = polled;
            polled = null;
            tell(event);
        }
    }

    /**
     * Takes what is due.
     *
     * @return false if there is nothing: then the caller no longer tells
     */
    @ReservedStack
    private boolean next() {
        lock.lock();
        try {
            if (!isDue && first == null) {
                teller = null;
                told.signalAll();
                return false;
            }
            isDue = false;
            poll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void poll() {
        Event event = first;
        polled = event;
        if (event != null) {
            first = event.next;
            if (first == null) {
                last = null;
            }
        }
    }

    private void tell(@Nullable Event event) {
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
    }
}
