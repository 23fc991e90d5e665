package io.corral.runtime.thread;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of subsystems for one thread's attaches, switches and adoption, one at a time,
 * in the order in which these changes took effect. It exists while such a change is in progress.
 *
 * <p>A thread that makes a change calls {@link #use} before the change takes effect, and
 * {@link #run} afterwards. If another thread is running callbacks already, that thread runs those
 * of this change too, and the first one does not wait: callbacks may hold locks that callbacks of
 * the other thread need. Only the exit of the thread itself waits, so that its exit callbacks run
 * last.
 *
 * <p>Switches are not queued. The thread that runs callbacks compares where the thread works now
 * with the place of the last callback. So the callbacks always form a chain, whichever threads have
 * caused the switches.
 *
 * <p>The fields are guarded by this object's monitor. No callback runs and no thread waits while it
 * is held. The JVM releases a monitor even if the stack is exhausted. With a lock of the JDK, an
 * exhausted stack could leave the lock held, or release it without waking the waiting thread.
 */
public final class CallbackQueue {

    /** A change that subsystems are told of once. */
    abstract static class Event {

        private @Nullable Event next;

        /** Runs the callbacks, without a lock. */
        abstract void run(CallbackQueue queue);
    }

    /**
     * The lock of attaches: held while homes change and the events of the changes are queued. Taken
     * before all other locks. No callback runs under it.
     */
    static final Object ATTACHES = new Object();

    /**
     * The time after which a waiting exit checks again, since the thread that runs callbacks may
     * have no stack left to wake it.
     */
    private static final long RECHECK_NANOS = 10_000_000;

    private final Member member;
    private final Thread thread;

    private @Nullable Event first;
    private @Nullable Event last;

    /** The event that was taken from the queue and whose callbacks have not run yet. */
    private @Nullable Event taken;

    /** The number of threads between {@link #use} and {@link #release}. */
    private int users;

    /** Whether this was removed from the table. */
    private boolean isRemoved;

    /** Whether this stays in the table although it has no users. */
    private boolean isRetained;

    /** Whether callbacks for a switch may be due. */
    private boolean isSwitchDue;

    /** The thread that runs callbacks. That thread reads this field without the monitor. */
    private volatile @Nullable Thread runner;

    /** The home that the thread has left at its end; null before its end. */
    private @Nullable Membership left;

    /** The thread that runs the exit hook and may wait for callbacks; null before the exit. */
    private @Nullable Thread exiting;

    /** The place of the thread that subsystems were told of last. Null until the first use. */
    private @Nullable Membership place;

    CallbackQueue(Member member, Thread thread) {
        this.member = member;
        this.thread = thread;
    }

    Thread thread() {
        return thread;
    }

    Member member() {
        return member;
    }

    /** The place of the thread that subsystems were told of last. Called by events. */
    Membership place() {
        Membership known = place;
        return known == null ? member.account() : known;
    }

    /**
     * Called before a change.
     *
     * @return false if this was removed from the table: the caller must use another one
     */
    boolean use() {
        // Not under the monitor, since this may wait for the lock of containers.
        Membership now = place == null ? member.account() : null;
        synchronized (this) {
            if (isRemoved) {
                return false;
            }
            if (place == null) {
                // No change is in progress, since its thread would be a user.
                place = now;
            }
            users++;
            return true;
        }
    }

    /**
     * Called by each user at the end.
     *
     * @return whether this must be removed from the table
     */
    synchronized boolean release() {
        users--;
        isRemoved = users == 0 && first == null && taken == null && !isRetained;
        return isRemoved;
    }

    /** Called at the thread's exit: no change follows. */
    synchronized void remove() {
        isRemoved = true;
    }

    /**
     * Called by events: keeps this in the table until the thread itself has reported a switch, or
     * has ended.
     */
    synchronized void retain() {
        isRetained = true;
    }

    /**
     * Called by a user under the lock of attaches: adds an event. Callbacks run in the order in
     * which events are added. Needs no memory.
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
        isRetained = false;
        exiting = Thread.currentThread();
    }

    /** Called at the thread's exit: returns when the callbacks of all earlier changes have run. */
    void runBeforeExit() {
        boolean wasInterrupted = false;
        while (!run()) {
            // A thread that is interrupted does not park.
            wasInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, RECHECK_NANOS);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Called by a user after its change. Runs the callbacks of all changes that are due, unless
     * another thread does so.
     *
     * @return false if another thread does
     */
    boolean run() {
        Thread current = Thread.currentThread();
        boolean isNested = runner == current;
        try {
            if (becomeRunner(current)) {
                while (takeNext()) {
                    runNext();
                }
                return true;
            }
            return isNested;
        } finally {
            if (!isNested) {
                @Nullable Thread waiting;
                // This is not a method call, since there may be no stack left for one.
                synchronized (this) {
                    if (runner == current) {
                        runner = null;
                    }
                    // A permit of its own would keep the caller from parking in runBeforeExit.
                    waiting = exiting == current ? null : exiting;
                }
                LockSupport.unpark(waiting);
            }
        }
    }

    /** @return whether the calling thread runs the callbacks from now on */
    private synchronized boolean becomeRunner(Thread current) {
        isSwitchDue = true;
        if (current == thread) {
            isRetained = false;
        }
        if (runner != null) {
            return false;
        }
        runner = current;
        return true;
    }

    /** @return false if nothing is due: then the calling thread no longer runs callbacks */
    private synchronized boolean takeNext() {
        if (!isSwitchDue && first == null && taken == null) {
            runner = null;
            return false;
        }
        isSwitchDue = false;
        if (taken == null && first != null) {
            taken = first;
            first = first.next;
            if (first == null) {
                last = null;
            }
        }
        return true;
    }

    private void runNext() {
        Membership before = place();
        Membership end = left;
        Membership now = end == null ? member.account() : end;
        if (before != now) {
            place = now;
            MoveCallbacks.switched(member.generation(), thread, before, now);
        }
        Event event = taken;
        if (event != null) {
            taken = null;
            event.run(this);
        }
    }
}
