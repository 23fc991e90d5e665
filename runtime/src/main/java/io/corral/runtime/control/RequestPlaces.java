package io.corral.runtime.control;

import io.corral.Limits;
import io.corral.runtime.control.LimitSettings.RequestsMax;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code requests.max}: the requests of a container that have begun and not ended, whether they run
 * or wait for their turn. Counted with any limit at a door, so that the number is known before it
 * is limited.
 */
final class RequestPlaces {

    /** Longer than any wait. */
    private static final long NEVER_NANOS = TimeUnit.DAYS.toNanos(365);

    private final AtomicLong current = new AtomicLong();

    /** Those that a limit in monitor mode would have let in. */
    private final AtomicLong monitored = new AtomicLong();

    /** May miss a peak that two threads reach at once; the next request corrects it. */
    private volatile long peak;

    private volatile long max = Limits.UNLIMITED;
    private volatile long monitoredMax = Limits.UNLIMITED;

    /** Those that this limit would have let wait until others end. */
    private final VirtualBucket monitoredWaiters = new VirtualBucket();

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
        if (!isMonitored) {
            monitoredWaiters.open();
        }
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

    /**
     * Counts a request in, unless there are as many as the limit allows. Calls nothing after that:
     * without stack for the call the caller would not know that it is counted.
     */
    boolean tryTake() {
        long now;
        do {
            now = current.get();
            if (now >= max) {
                return false;
            }
        } while (!current.compareAndSet(now, now + 1));
        if (now >= peak) {
            peak = now + 1;
        }
        return true;
    }

    /** Whether there is a place for a request that comes now, after those that wait. */
    boolean haveRoom() {
        return waiters.leavesRoomOf(free());
    }

    /** Negative if more are taken than the limit now allows. */
    private long free() {
        return max - current.get();
    }

    /**
     * Called by the tick. Without a limit here those that wait do so for a place of the parent,
     * which all children try to get: then the first one only.
     */
    void wake() {
        waiters.wake(max == Limits.UNLIMITED ? 1 : free());
    }

    /** Counts a request in that is not refused. Calls nothing after that, either. */
    void take() {
        long now = current.incrementAndGet();
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

    /**
     * Called by the tick: at the limit, places come free as often as requests end.
     *
     * @param meanDurationNanos of a request
     */
    void monitoredRate(long nowNanoTime, long meanDurationNanos) {
        long max = monitoredMax;
        long interval = max == 0 ? NEVER_NANOS : Math.max(1, meanDurationNanos / max);
        monitoredWaiters.rate(nowNanoTime, interval, -interval, meanDurationNanos == 0);
    }

    /** The time between two places that come free in monitor mode, if all are taken. */
    long monitoredIntervalNanos() {
        return monitoredWaiters.intervalNanos();
    }

    /**
     * As {@link VirtualBucket#tryTake}. A place that was taken must be given back when the request
     * ends.
     */
    long tryTakeMonitored(long nowNanoTime, long maxWaitNanos) {
        boolean isQueueEmpty =
                monitoredWaiters.waitNanos(nowNanoTime) <= monitoredWaiters.intervalNanos();
        if (isQueueEmpty && tryTakeFreeMonitored()) {
            return 0;
        }
        long wait = Math.max(1, monitoredWaiters.tryTake(nowNanoTime, maxWaitNanos));
        if (wait <= maxWaitNanos) {
            monitored.incrementAndGet();
        }
        return wait;
    }

    private boolean tryTakeFreeMonitored() {
        long now;
        do {
            now = monitored.get();
            if (now >= monitoredMax) {
                return false;
            }
        } while (!monitored.compareAndSet(now, now + 1));
        return true;
    }

    long monitored() {
        return monitored.get();
    }

    void giveBackMonitored() {
        monitored.decrementAndGet();
    }
}
