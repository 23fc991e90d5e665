package io.corral.runtime.control;

import org.jspecify.annotations.Nullable;

/** A thread that waits at a door. */
final class Waiter {

    final Thread thread;

    /** The {@link BlockingPool} whose worker waits; null for a virtual thread. */
    final @Nullable Object pool;

    /** Set by another thread: the waiter gives up, so that the pool has a free worker. */
    volatile boolean isShed;

    /**
     * Set by another thread: there is room for the waiter too, also if it is not the first. The
     * waiter clears it before it tries.
     */
    volatile boolean mayTry;

    /** Set by the waiter itself. */
    boolean hasGivenUp;

    Waiter(Thread thread, @Nullable Object pool) {
        this.thread = thread;
        this.pool = pool;
    }
}
