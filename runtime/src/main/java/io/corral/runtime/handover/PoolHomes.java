package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;

import java.util.concurrent.ForkJoinPool;

/**
 * The places in which fork-join pools run tasks that were submitted from no container: the homes of
 * their first workers. They are looked up if a thread that is no worker of the pool runs such a
 * task.
 */
public final class PoolHomes {

    private static final WeakIdentityMap<Membership> BY_POOL = new WeakIdentityMap<>();

    private PoolHomes() {}

    /** Initializes this class now, since a hook may have too little stack left for that. */
    static void initialize() {}

    /** Called by a worker of {@code pool} that starts and has that home. */
    public static void workerStarts(Object pool, Membership home) {
        if (BY_POOL.get(pool) == null) {
            BY_POOL.putIfAbsent(pool, home.unmeasured());
        }
    }

    /** The root if no worker of the pool has started while the agent was active. */
    static Membership of(Object pool) {
        Membership home = BY_POOL.get(pool);
        return home == null ? Membership.ROOT : home;
    }

    /** The only pool whose tasks a thread runs that joins one and is no worker. */
    static Membership ofCommonPool() {
        return of(ForkJoinPool.commonPool());
    }
}
