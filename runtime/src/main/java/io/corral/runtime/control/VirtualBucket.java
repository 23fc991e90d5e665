package io.corral.runtime.control;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests that a limit in monitor mode would have let in, at once or after a wait: a leaky
 * bucket, which is charged with these only. It leaks at the rate of the limit. The generic cell
 * rate algorithm computes it: the level is the time at which the bucket will be empty. A request
 * that comes earlier would wait until then.
 *
 * <p>Any thread may take. The tick sets the rate.
 */
final class VirtualBucket {

    private final AtomicLong emptyNanoTime = new AtomicLong(System.nanoTime());
    private final AtomicLong taken = new AtomicLong();

    /** The requests that were taken before a limit was set. */
    private volatile long takenWhileOpen;

    /** Whether the interval is a guess. Accessed by the tick only. */
    private boolean wasGuess;

    /** The time between two requests at the limit's rate; 0 while nothing is limited. */
    private volatile long intervalNanos;

    /** How far below empty the level may be: time that later requests may use at once. */
    private volatile long burstNanos;

    /**
     * Called by the tick.
     *
     * @param isGuess whether the interval will be corrected, also for requests that were taken
     */
    void rate(long nowNanoTime, long interval, long burst, boolean isGuess) {
        long before = intervalNanos;
        if (before == 0) {
            emptyNanoTime.set(nowNanoTime);
            wasGuess = true;
        }
        if (wasGuess && !isGuess) {
            emptyNanoTime.addAndGet((taken.get() - takenWhileOpen) * (interval - before));
        } else if (before != 0 && before != interval) {
            scale(nowNanoTime, (double) interval / before);
        }
        wasGuess = isGuess;
        burstNanos = burst;
        intervalNanos = Math.max(1, interval);
    }

    /** Requests that would wait keep their number. */
    private void scale(long nowNanoTime, double factor) {
        long empty;
        long above;
        do {
            empty = emptyNanoTime.get();
            above = empty - nowNanoTime;
        } while (above > 0
                && !emptyNanoTime.compareAndSet(empty, nowNanoTime + (long) (above * factor)));
    }

    /** Limits nothing from now on. */
    void open() {
        takenWhileOpen = taken.get();
        intervalNanos = 0;
    }

    boolean isOpen() {
        return intervalNanos == 0;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    /** The requests that were taken up to now, also while nothing is limited. */
    long taken() {
        return taken.get();
    }

    /** How long a request that came now would wait. */
    long waitNanos(long nowNanoTime) {
        return isOpen() ? 0 : Math.max(0, above(emptyNanoTime.get(), nowNanoTime));
    }

    private long above(long empty, long nowNanoTime) {
        return Math.max(empty - nowNanoTime, -burstNanos);
    }

    /**
     * Takes a request, unless it would wait for longer than it may.
     *
     * @return how long it would wait
     */
    long tryTake(long nowNanoTime, long maxWaitNanos) {
        long interval = intervalNanos;
        while (interval > 0) {
            long empty = emptyNanoTime.get();
            long above = above(empty, nowNanoTime);
            long wait = Math.max(0, above);
            if (wait > maxWaitNanos) {
                return wait;
            }
            if (emptyNanoTime.compareAndSet(empty, nowNanoTime + above + interval)) {
                taken.incrementAndGet();
                return wait;
            }
        }
        taken.incrementAndGet();
        return 0;
    }

    /** Called if another limit would have refused the request. */
    void giveBack() {
        taken.decrementAndGet();
        emptyNanoTime.addAndGet(-intervalNanos);
    }
}
