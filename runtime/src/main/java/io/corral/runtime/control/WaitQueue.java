package io.corral.runtime.control;

import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.HookFailures;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that wait at a door, in the order of their arrival. A thread in front tries by itself
 * when it is woken, so nothing is lost if it has just given up. Others may pass before it only
 * while there is room for all of them. If each had to wait until the one before it has run and has
 * woken it, a queue on busy CPUs would never become empty, whatever the limit is.
 */
final class WaitQueue {

    /** A tick is short, also with a long queue. */
    private static final int MAX_WOKEN = 32;

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** The queue's own size would be a walk. */
    private final AtomicInteger size = new AtomicInteger();

    /** The caller must call {@link #leave}, also if this fails. */
    @ReservedStack
    void add(Waiter waiter) {
        waiters.add(waiter);
        size.incrementAndGet();
    }

    /**
     * Called by the waiter itself, once. The next one then tries. A waiter that stayed here would
     * close the door for good.
     */
    @ReservedStack
    void leave(Waiter waiter) {
        if (waiters.remove(waiter)) {
            size.decrementAndGet();
        }
        wakeFirst();
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return size.get();
    }

    boolean isFirst(Waiter waiter) {
        return waiters.peek() == waiter;
    }

    /** Whether there is room for one that comes now, after those that wait. */
    boolean leavesRoomOf(long free) {
        return waiters.isEmpty() || free > size();
    }

    /** Called by the tick: wakes as many as there is room for; the first one in any case. */
    void wake(long free) {
        int count = 0;
        for (Waiter each : waiters) {
            if (count > 0 && (count >= free || count >= MAX_WOKEN)) {
                return;
            }
            count++;
            each.mayTry = true;
            wake(each);
        }
    }

    void wakeFirst() {
        Waiter first = waiters.peek();
        if (first != null) {
            wake(first);
        }
    }

    void wakeAll() {
        for (Waiter each : waiters) {
            wake(each);
        }
    }

    /** To submit a virtual thread needs memory. If there is none, the tick tries again. */
    private static void wake(Waiter waiter) {
        try {
            LockSupport.unpark(waiter.thread);
        } catch (Throwable failure) {
            HookFailures.CONTROL.report(failure);
        }
    }

    /** The number of workers of a pool that wait here. A walk. */
    int countOf(Object pool) {
        int count = 0;
        for (Waiter each : waiters) {
            if (each.pool == pool && !each.isShed) {
                count++;
            }
        }
        return count;
    }

    /** Sheds the waiter of a pool that has arrived last. */
    boolean shedLastOf(Object pool) {
        Waiter last = null;
        for (Waiter each : waiters) {
            if (each.pool == pool && !each.isShed) {
                last = each;
            }
        }
        if (last == null) {
            return false;
        }
        last.isShed = true;
        wake(last);
        return true;
    }
}
