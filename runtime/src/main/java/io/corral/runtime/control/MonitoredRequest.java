package io.corral.runtime.control;

import io.corral.runtime.jdk.Jdk;

import org.jspecify.annotations.Nullable;

/**
 * What limits in monitor mode would have done with a request that was let in. It takes the places
 * and the CPU time of these limits as an admission takes those of limits that are enforced, in the
 * same order.
 */
final class MonitoredRequest {

    /** The doors that can be marked in a mask. */
    private static final int MASKED = Long.SIZE;

    /** Innermost first. */
    private final ContainerControl[] doors;

    private final boolean mayWait;
    private final boolean canRefuse;
    private final long nowNanoTime = System.nanoTime();
    private boolean hasWaited;

    /** The doors whose places it has, as bits; the next two likewise. */
    private long places;

    private long quotas;
    private long shares;

    private MonitoredRequest(ContainerControl[] doors, boolean mayWait, boolean canRefuse) {
        this.doors = doors;
        this.mayWait = mayWait;
        this.canRefuse = canRefuse;
    }

    /**
     * Called on the request's thread.
     *
     * @param mayWait whether the request may wait, if its thread may
     * @return null if no limit is in monitor mode; otherwise {@link #end} must be called, once
     */
    static @Nullable MonitoredRequest of(
            ContainerControl[] doors, boolean mayWait, boolean canRefuse) {
        for (ContainerControl door : doors) {
            if (door.isMonitored()) {
                return new MonitoredRequest(doors, mayWait, canRefuse);
            }
        }
        return null;
    }

    /** Called on the request's thread, once. */
    void begin() {
        if (!passes()) {
            giveBack();
        }
    }

    private boolean passes() {
        int count = Math.min(doors.length, MASKED);
        for (int i = 0; i < count; i++) {
            ContainerControl door = doors[i];
            if (door.places.isMonitored()) {
                if (!passes(door, LimitNames.REQUESTS_MAX)) {
                    return false;
                }
                places |= 1L << i;
            }
        }
        for (int i = 0; i < count; i++) {
            ContainerControl door = doors[i];
            if (door.isQuotaMonitored()) {
                if (!passes(door, LimitNames.CPU_MAX)) {
                    return false;
                }
                quotas |= 1L << i;
            }
            if (door.isShareMonitored()) {
                if (!passes(door, LimitNames.FAIR)) {
                    return false;
                }
                shares |= 1L << i;
            }
        }
        return true;
    }

    private boolean passes(ContainerControl door, String control) {
        long wait = tryTake(door, control, 0);
        if (wait == 0) {
            return true;
        }
        long longest = door.waitNanos(control);
        if (longest > 0 && mayWait(wait / interval(door, control))) {
            if (!hasWaited) {
                hasWaited = true;
                door.wouldWait(control);
            }
            if (tryTake(door, control, longest) <= longest) {
                return true;
            }
        }
        if (!canRefuse) {
            tryTake(door, control, Long.MAX_VALUE);
            return true;
        }
        door.wouldShed(control);
        return false;
    }

    /** @param ahead the requests that would be waiting */
    private boolean mayWait(long ahead) {
        if (!mayWait) {
            return false;
        }
        Thread thread = Thread.currentThread();
        BlockingPool pool = BlockingPool.of(thread);
        boolean hasRoom = pool == null ? Jdk.isVirtual(thread) : ahead < pool.maxWaitersOfOne();
        return hasRoom && !EventLoops.areRunning();
    }

    /** As {@link VirtualBucket#tryTake}. */
    private long tryTake(ContainerControl door, String control, long maxWaitNanos) {
        return switch (control) {
            case LimitNames.REQUESTS_MAX -> door.places.tryTakeMonitored(nowNanoTime, maxWaitNanos);
            case LimitNames.CPU_MAX -> door.monitoredQuota.tryTake(nowNanoTime, maxWaitNanos);
            default -> door.monitoredShare.tryTake(nowNanoTime, maxWaitNanos);
        };
    }

    /** The time between two requests that the limit lets in. */
    private static long interval(ContainerControl door, String control) {
        long interval = switch (control) {
            case LimitNames.REQUESTS_MAX -> door.places.monitoredIntervalNanos();
            case LimitNames.CPU_MAX -> door.monitoredQuota.intervalNanos();
            default -> door.monitoredShare.intervalNanos();
        };
        return Math.max(1, interval);
    }

    private void giveBack() {
        end();
        places = 0;
        for (int i = 0; i < doors.length && i < MASKED; i++) {
            if ((quotas >>> i & 1) == 1) {
                doors[i].monitoredQuota.giveBack();
            }
            if ((shares >>> i & 1) == 1) {
                doors[i].monitoredShare.giveBack();
            }
        }
    }

    /** Called when the request has ended. */
    void end() {
        for (int i = 0; i < doors.length && i < MASKED; i++) {
            if ((places >>> i & 1) == 1) {
                doors[i].places.giveBackMonitored();
            }
        }
    }
}
