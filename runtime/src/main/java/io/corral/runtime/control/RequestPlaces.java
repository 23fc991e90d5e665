package io.corral.runtime.control;

import io.corral.Limits;
import io.corral.runtime.control.LimitSettings.RequestsMax;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code requests.max}: the requests of a container that have begun and not ended, whether they run
 * or wait for their turn. Counted with any limit at a door, so that the number is known before it
 * is limited.
 */
final class RequestPlaces {

    private final AtomicLong current = new AtomicLong();

    /** Those that a limit in monitor mode would have let in. */
    private final AtomicLong monitored = new AtomicLong();

    /** May miss a peak that two threads reach at once; the next request corrects it. */
    private volatile long peak;

    private volatile long max = Limits.UNLIMITED;
    private volatile long monitoredMax = Limits.UNLIMITED;

    /**
     * The part of the parent's places that this container may have while the parent's places run
     * out. Set by the tick.
     */
    volatile long shareOfParent = Limits.UNLIMITED;

    final WaitQueue waiters = new WaitQueue();

    void max(@Nullable RequestsMax limit) {
        long value = limit == null ? Limits.UNLIMITED : limit.max();
        boolean isMonitored = limit != null && limit.mode() == Limits.Mode.MONITOR;
        max = isMonitored ? Limits.UNLIMITED : value;
        monitoredMax = isMonitored ? value : Limits.UNLIMITED;
    }

    long max() {
        return max;
    }

    long current() {
        return current.get();
    }

    long peak() {
        return peak;
    }

    /** Counts a request in, unless there are as many as the limit allows. */
    boolean tryTake() {
        long now;
        do {
            now = current.get();
            if (now >= max) {
                return false;
            }
        } while (!current.compareAndSet(now, now + 1));
        notePeak(now + 1);
        return true;
    }

    /** Counts a request in that is not refused. */
    void take() {
        notePeak(current.incrementAndGet());
    }

    private void notePeak(long now) {
        if (now > peak) {
            peak = now;
        }
    }

    void giveBack() {
        current.decrementAndGet();
        waiters.wakeFirst();
    }

    /** Whether the parent keeps the rest of its places for other children. */
    boolean isOverShareOf(RequestPlaces parent) {
        long parentsMax = parent.max;
        return parentsMax != Limits.UNLIMITED
                && parent.current.get() >= parentsMax - (parentsMax >> 2)
                && current.get() >= shareOfParent;
    }

    boolean isMonitored() {
        return monitoredMax != Limits.UNLIMITED;
    }

    /** As {@link #tryTake}, for the limit in monitor mode. */
    boolean tryTakeMonitored() {
        long now;
        do {
            now = monitored.get();
            if (now >= monitoredMax) {
                return false;
            }
        } while (!monitored.compareAndSet(now, now + 1));
        return true;
    }

    void giveBackMonitored() {
        monitored.decrementAndGet();
    }
}
