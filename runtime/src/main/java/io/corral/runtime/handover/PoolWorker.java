package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Member;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@code ThreadPoolExecutor}: what it has taken out of the pool's queue and not run yet, where that comes from
 * elsewhere. (References are written where they change only: G1 has a fence behind each.)
 */
public final class PoolWorker extends Worker {

    private final Object queue;

    private @Nullable Object task;
    private @Nullable Membership submitter;

    /** Not between a task's begin and the look for the next: what is taken then is not what it runs next. */
    private boolean looksForTask = true;

    public PoolWorker(Object queue, @Nullable Worker outer) {
        super(outer);
        this.queue = queue;
    }

    /** Whether a queue has each task in a node. Who derives one may keep tasks elsewhere. */
    public static boolean isQueueOfNodes(Object queue) {
        return queue.getClass() == LinkedBlockingQueue.class;
    }

    /** Whether no code of a class that derives a pool may be called between two tasks. */
    public static boolean isPlain(Object pool) {
        return pool.getClass() == ThreadPoolExecutor.class;
    }

    /** What it takes from another queue it does not run for its pool. */
    public boolean takesFrom(Object queue) {
        return this.queue == queue;
    }

    public void looksForTask(Member member) {
        if (hasLeftOpen() && ((LinkedBlockingQueue<?>) queue).isEmpty()) {
            // Here and not where it waits: a clock may be read, and others want the queue's lock.
            closeLeft(member);
        }
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
