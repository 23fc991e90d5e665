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

    private volatile int limit = OPEN;

    /** Whether it is the quota that limits the slots, and not the share. */
    private volatile boolean isLimitedByQuota;

    final WaitQueue waiters = new WaitQueue();

    /** Called by the tick. */
    void limit(int slots, boolean isByQuota) {
        isLimitedByQuota = isByQuota;
        limit = slots;
    }

    void open() {
        limit(OPEN, false);
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

    /** Whether there is a slot for a request that comes now, after those that wait. */
    boolean haveRoom() {
        return waiters.leavesRoomOf(free());
    }

    /** Negative if more are used than the limit now allows. */
    private long free() {
        return (long) limit - used.get();
    }

    /** Called by the tick. */
    void wake() {
        waiters.wake(free());
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
}
