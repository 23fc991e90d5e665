package io.corral.runtime.observe;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries the exits of virtual threads from the carriers they are noticed on to a thread that
 * commits them. JDK 25 silently drops a carrier's first event after a virtual thread on it has
 * committed one.
 */
final class VirtualThreadExits {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Beyond that many the carrier commits them itself, and JDK 25 may drop some. */
    private static final int MAX_WAITING = 1 << 18;

    private final ConcurrentLinkedQueue<VirtualThreadExitEvent> waiting =
            new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Guarded by this. */
    private boolean watching;

    /** On the carrier: neither blocks nor wakes anyone. */
    void add(VirtualThreadExitEvent exit) {
        // Between these two lies its time; it is committed later.
        exit.begin();
        exit.end();
        waiting.add(exit);
        if (size.incrementAndGet() > MAX_WAITING) {
            commit();
        }
    }

    void commit() {
        for (VirtualThreadExitEvent exit = waiting.poll(); exit != null; exit = waiting.poll()) {
            size.decrementAndGet();
            exit.commit();
        }
    }

    /** Looks after what is added, as long as the event is on. */
    synchronized void watch() {
        if (!watching && EventTypes.VIRTUAL_THREAD_EXIT.isEnabled()) {
            watching = true;
            new CorralThread("corral-virtual-exits", this::commitNowAndAgain).start();
        }
    }

    private void commitNowAndAgain() {
        try {
            while (isWatching()) {
                commit();
                // Who parks interrupted does not wait.
                Thread.interrupted();
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    private synchronized boolean isWatching() {
        watching = EventTypes.VIRTUAL_THREAD_EXIT.isEnabled();
        return watching;
    }
}
