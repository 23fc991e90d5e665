package io.corral.runtime.thread;

import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.TimeUnit;
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
 * <p>The lock is taken and released within one method that keeps some stack in reserve. A user also
 * takes it, under the lock of attaches, before it adds an event.
 *
 * <p>Switches are not queued. Whoever tells compares where the thread works with what was told
 * last, so what was told always forms a chain, whichever threads have caused the switches.
 */
public final class Telling extends SpinLock {

    private final Member member;
    private final Thread thread;

    /** The pause between two looks of an exit, whose teller may have no stack to wake it. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The thread's exit while it waits for the teller. Guarded by the lock, as what follows. */
    private @Nullable Thread ending;

    private @Nullable TellingEvent first;
    private @Nullable TellingEvent last;

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
    private @Nullable TellingEvent polled;

    /** The home that the thread has left at its end; null before. */
    private @Nullable Membership left;

    /** Where the thread works, as subsystems know it. Null until the first use. */
    private @Nullable Membership place;

    Telling(Member member, Thread thread) {
        this.member = member;
        this.thread = thread;
    }

    /** A call initializes this class. */
    static void initialize() {}

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
        lock();
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
            unlock();
        }
    }

    /**
     * Called by each user at the end.
     *
     * @return whether this is over, and is to leave the table
     */
    @ReservedStack
    boolean release() {
        lock();
        try {
            users--;
            isOver = users == 0 && first == null && !isKept;
            return isOver;
        } finally {
            unlock();
        }
    }

    /** Called at the thread's exit: nothing follows. */
    @ReservedStack
    void end() {
        lock();
        try {
            isOver = true;
        } finally {
            unlock();
        }
    }

    /** Called by events: keeps this until the thread itself has told of a switch, or has ended. */
    @ReservedStack
    void keep() {
        lock();
        try {
            isKept = true;
        } finally {
            unlock();
        }
    }

    /** Called by a user between {@link #lock} and {@link #unlock}. Needs no memory. */
    void add(TellingEvent event) {
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
        lock();
        isDue = true;
        if (Thread.currentThread() == thread) {
            isKept = false;
        }
        boolean isFree = teller == null;
        if (isFree) {
            teller = Thread.currentThread();
        }
        unlock();
        return isFree;
    }

    /** Lets another thread tell, after an error too. */
    @ReservedStack
    private void stop() {
        if (teller == Thread.currentThread()) {
            lock();
            teller = null;
            Thread waits = ending;
            unlock();
            LockSupport.unpark(waits);
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
        boolean wasInterrupted = false;
        Thread by = becomeLast(home);
        while (by != null && by != Thread.currentThread()) {
            wasInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, LOOK_NANOS);
            by = becomeLast(home);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return by == null;
    }

    /** @return who tells; null if the caller does from now on */
    @ReservedStack
    private @Nullable Thread becomeLast(Membership home) {
        lock();
        Thread by = teller;
        left = home;
        isDue = true;
        isKept = false;
        ending = Thread.currentThread();
        if (by == null) {
            teller = ending;
        }
        unlock();
        return by;
    }

    private void tellAll() {
        while (next()) {
            TellingEvent event = polled;
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
        lock();
        Thread waits = null;
        boolean isAny = isDue || first != null;
        isDue = false;
        if (isAny) {
            poll();
        } else {
            teller = null;
            waits = ending;
        }
        unlock();
        LockSupport.unpark(waits);
        return isAny;
    }

    private void poll() {
        TellingEvent event = first;
        polled = event;
        if (event != null) {
            first = event.next;
            if (first == null) {
                last = null;
            }
        }
    }

    private void tell(@Nullable TellingEvent event) {
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
