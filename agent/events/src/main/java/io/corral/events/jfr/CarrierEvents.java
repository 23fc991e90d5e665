package io.corral.events.jfr;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands events on ended virtual threads from their carriers to a thread that commits them. JDK 25
 * silently drops a carrier's first event after a virtual thread on it has committed one.
 */
final class CarrierEvents {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * The largest number of waiting events. The carrier commits further ones itself, and JDK 25 may
     * drop some of these.
     */
    private static final int MAX_WAITING = 1 << 18;

    private final ConcurrentLinkedQueue<CorralEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Guarded by this. */
    private boolean watching;

    /** Called on the carrier: neither blocks nor wakes another thread. */
    void add(CorralEvent event) {
        // These two calls set the event's time; it is committed later.
        event.begin();
        event.end();
        waiting.add(event);
        if (size.incrementAndGet() > MAX_WAITING) {
            commit();
        }
    }

    void commit() {
        for (CorralEvent event = waiting.poll(); event != null; event = waiting.poll()) {
            size.decrementAndGet();
            event.commit();
        }
    }

    /**
     * Starts the thread that commits, if there are exits. The few residencies that carriers end
     * wait for the end of the chunk.
     */
    synchronized void watch() {
        if (!watching && areEnabled()) {
            watching = true;
            new CorralThread("corral-virtual-exits", this::commitPeriodically).start();
        }
    }

    private static boolean areEnabled() {
        return EventTypes.VIRTUAL_THREAD_EXIT.isEnabled();
    }

    private void commitPeriodically() {
        try {
            while (isWatching()) {
                commit();
                // An interrupted thread does not park.
                Thread.interrupted();
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    private synchronized boolean isWatching() {
        watching = areEnabled();
        return watching;
    }
}
