package io.corral.runtime.membership;

import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's worker has taken out of the pool's queue and not run yet, where it comes from elsewhere. Touched by the worker
 * alone. (References are written where they change only: G1 has a fence behind each.)
 */
public final class PoolWorker {

    private final Object queue;

    /** Where this one works within a task of another pool: the worker that runs that. */
    final @Nullable PoolWorker outer;

    private @Nullable Object task;
    private @Nullable Membership submitter;

    /** Not between a task's begin and the look for the next: what is taken then is not what it runs next. */
    private boolean looksForTask = true;

    PoolWorker(Object queue, @Nullable PoolWorker outer) {
        this.queue = queue;
        this.outer = outer;
    }

    /** Whether a queue has each task in a node. Who derives one may keep tasks elsewhere. */
    public static boolean isQueueOfNodes(Object queue) {
        return queue.getClass() == LinkedBlockingQueue.class;
    }

    /** What it takes from another queue it does not run for its pool. */
    public boolean takesFrom(Object queue) {
        return this.queue == queue;
    }

    public void looksForTask() {
        if (!looksForTask) {
            looksForTask = true;
        }
        if (task != null) {
            // Its begin was not told of.
            task = null;
        }
    }

    public void took(Object task, Membership submitter) {
        if (looksForTask) {
            looksForTask = false;
            this.task = task;
            if (this.submitter != submitter) {
                this.submitter = submitter;
            }
        }
    }

    /** @return null if it took no task along, or another one */
    public @Nullable Membership begins(Object task) {
        if (looksForTask) {
            looksForTask = false;
        }
        Object taken = this.task;
        if (taken == null) {
            return null;
        }
        this.task = null;
        return taken == task ? submitter : null;
    }
}
