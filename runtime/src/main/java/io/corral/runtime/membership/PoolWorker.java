package io.corral.runtime.membership;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's worker has taken out of the pool's queue and not run yet, where it comes from elsewhere. Touched by the worker
 * alone.
 */
public final class PoolWorker {

    /** Virtual threads are seldom a pool's workers, and have no room for this. */
    private static final ConcurrentMap<VirtualMember, PoolWorker> OF_VIRTUAL =
            new ConcurrentHashMap<>();

    private final Object queue;
    private @Nullable Object task;
    private @Nullable Membership submitter;

    private PoolWorker(Object queue) {
        this.queue = queue;
    }

    /** On the worker, before it runs the first task. */
    public static PoolWorker begin(Member member, Object queue) {
        PoolWorker worker = new PoolWorker(queue);
        if (member instanceof PlatformMember platform) {
            platform.poolWorker = worker;
        } else if (member instanceof VirtualMember virtual) {
            OF_VIRTUAL.put(virtual, worker);
        }
        return worker;
    }

    /** Null for a thread that is none. */
    public static @Nullable PoolWorker of(Member member) {
        return member instanceof PlatformMember platform
                ? platform.poolWorker
                : member instanceof VirtualMember virtual ? OF_VIRTUAL.get(virtual) : null;
    }

    /** On the worker, behind the last task. */
    public static void end(Member member) {
        if (member instanceof PlatformMember platform) {
            platform.poolWorker = null;
        } else if (member instanceof VirtualMember virtual) {
            OF_VIRTUAL.remove(virtual);
        }
    }

    /** What it takes from another queue it does not run for its pool. */
    public boolean takesFrom(Object queue) {
        return this.queue == queue;
    }

    public void took(Object task, Membership submitter) {
        this.task = task;
        this.submitter = submitter;
    }

    /** Null if it has taken another task. */
    public @Nullable Membership submitterOf(Object task) {
        return this.task == task ? submitter : null;
    }

    /** A task that was run, or that another one took out, is not kept. */
    public void forget() {
        task = null;
        submitter = null;
    }
}
