package io.corral.runtime.membership;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's worker has taken out of the pool's queue and not run yet, where it comes from elsewhere; and the scope of the task
 * before, which stays open for the next from the same container until the worker would wait for one. Touched by the worker alone.
 * (References are written where they change only: G1 has a fence behind each.)
 */
public final class PoolWorker {

    private final Object queue;

    /** Where this one works within a task of another pool: the worker that runs that. */
    final @Nullable PoolWorker outer;

    private @Nullable Object task;
    private @Nullable Membership submitter;

    /** Not between a task's begin and the look for the next: what is taken then is not what it runs next. */
    private boolean looksForTask = true;

    /** The scope that was left open last. */
    private @Nullable ScopeFrame left;

    /** Whether that scope is open, and no task runs in it. */
    private boolean isLeftOpen;

    PoolWorker(Object queue, @Nullable PoolWorker outer) {
        this.queue = queue;
        this.outer = outer;
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
        if (isLeftOpen && ((LinkedBlockingQueue<?>) queue).isEmpty()) {
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

    /**
     * Behind a task of a {@linkplain #isPlain plain} pool: leaves its scope open for the next, unless somebody would have to be told
     * that it is closed. What taking out the next costs is then charged to the container of this one. (A switch out of it and one
     * back again are 120 ns or, if clocks are read, up to 1,800.)
     *
     * @param scope what {@link TaskScope#begin} has returned
     * @return false if it is to be ended
     */
    public boolean leavesOpen(Member member, Object scope) {
        if (!(scope instanceof ScopeFrame frame) || !member.canStayIn(frame)) {
            return false;
        }
        if (left != frame) {
            left = frame;
        }
        isLeftOpen = true;
        return true;
    }

    /**
     * Before a task: the scope that was left open, if that leads to where this task comes from. Else it is closed.
     *
     * @param submitter where the task comes from, or null
     * @return for {@link TaskScope#end}, or null if the task's scope has to be opened
     */
    public @Nullable Object goesOn(Member member, @Nullable Membership submitter) {
        ScopeFrame open = left;
        if (!isLeftOpen || open == null) {
            return null;
        }
        if (submitter != null && !submitter.isRetired() && open.leadsTo(submitter)) {
            isLeftOpen = false;
            return open;
        }
        closeLeft(member);
        return null;
    }

    /** The worker is about to wait, or to end: what it does from now on is the pool's. */
    public void closeLeft(Member member) {
        ScopeFrame open = left;
        if (isLeftOpen && open != null) {
            isLeftOpen = false;
            member.closeUntold(open);
        }
    }
}
