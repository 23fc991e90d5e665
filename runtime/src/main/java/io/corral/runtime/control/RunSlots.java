package io.corral.runtime.control;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The slots of a container: how many of its requests may run at once. The tick sets the number, by
 * the CPU time that the container has used; whoever ends wakes the next.
 */
final class RunSlots {

    /** The number of slots while they are not limited. */
    static final int OPEN = Integer.MAX_VALUE;

    private final AtomicInteger used = new AtomicInteger();

    /** Those that limits in monitor mode would have let run. */
    private final AtomicInteger monitored = new AtomicInteger();

    private volatile int limit = OPEN;
    private volatile int monitoredLimit = OPEN;

    /** Whether it is the quota that limits the slots, and not the share. */
    private volatile boolean isLimitedByQuota;

    final WaitQueue waiters = new WaitQueue();

    /** Called by the tick. */
    void limit(int slots, boolean isByQuota) {
        isLimitedByQuota = isByQuota;
        limit = slots;
    }

    /** Called by the tick. */
    void monitoredLimit(int slots) {
        monitoredLimit = slots;
    }

    void open() {
        limit(OPEN, false);
        monitoredLimit(OPEN);
    }

    boolean isLimitedByQuota() {
        return isLimitedByQuota;
    }

    int limit() {
        return limit;
    }

    int used() {
        return used.get();
    }

    int monitored() {
        return monitored.get();
    }

    boolean hasFree() {
        return used.get() < limit;
    }

    boolean tryTake() {
        int now;
        do {
            now = used.get();
            if (now >= limit) {
                return false;
            }
        } while (!used.compareAndSet(now, now + 1));
        return true;
    }

    /** Takes a slot above the limit, for a request that is not refused. */
    void take() {
        used.incrementAndGet();
    }

    void giveBack() {
        used.decrementAndGet();
        if (!waiters.isEmpty()) {
            waiters.wakeFirst();
        }
    }

    boolean isMonitored() {
        return monitoredLimit != OPEN;
    }

    boolean tryTakeMonitored() {
        int now;
        do {
            now = monitored.get();
            if (now >= monitoredLimit) {
                return false;
            }
        } while (!monitored.compareAndSet(now, now + 1));
        return true;
    }

    void giveBackMonitored() {
        monitored.decrementAndGet();
    }
}
