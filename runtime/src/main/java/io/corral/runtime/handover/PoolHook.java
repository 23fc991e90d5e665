package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;

import org.jspecify.annotations.Nullable;

/**
 * A task is given to a {@code ThreadPoolExecutor}, and waits in its queue for a worker ({@link WorkerHook}). Where it comes from is
 * known by the task itself ({@link HandedTask}), by what holds it ({@link TaskHolder}), or by a table of the pool's.
 */
public final class PoolHook {

    private PoolHook() {}

    /**
     * Stands at the entry of {@code ThreadPoolExecutor.execute}, and where tasks come to a queue on other ways.
     *
     * @param pool no {@link HandingPool} if its class was loaded before the agent came, and that of a subclass after
     */
    public static void submitted(Object pool, @Nullable Runnable task) {
        try {
            if (!TaskScope.doesAnyHandOver()
                    || task == null
                    || !(pool instanceof HandingPool handing)) {
                return;
            }
            HandedTask handed = handed(task);
            if (handed != null) {
                if (handed.corral$submitter() == null) {
                    handed.corral$submitter(TaskHook.submitterOrRoot());
                }
            } else if (!keepsSubmitters(handing.corral$queue())) {
                remember(handing, task);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** The task, if it remembers itself. */
    private static @Nullable HandedTask handed(Object task) {
        return JdkTasks.mayRemember(task) && task instanceof HandedTask handed ? handed : null;
    }

    private static void remember(HandingPool pool, Runnable task) {
        SubmittedTasks tasks = pool.corral$tasks();
        Membership submitter = TaskHook.submitter();
        if (submitter != null) {
            tasks.add(task, submitter);
            tasks.sweepIfDue(pool.corral$queue());
        } else if (!tasks.isEmpty()) {
            tasks.addIfKnown(task, Trees.ROOT);
        }
    }

    /**
     * Stands where a pool rejects a task. What remembers it itself is still whose it was if who handles the rejection puts it
     * back, or gives it to another pool.
     */
    public static void rejected(HandingPool pool, @Nullable Runnable task) {
        try {
            if (TaskScope.doesAnyHandOver() && task != null && handed(task) == null) {
                // The same object may be in the queue, for others who came before.
                pool.corral$tasks().withdrawLast(task);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Stands where a pool removes a task from its queue: who submits it again may be another. (One that is repeated may be
     * running, and not in the queue.)
     */
    public static void removed(HandingPool pool, @Nullable Runnable task) {
        try {
            if (TaskScope.isUsed() && task != null) {
                HandedTask handed = handed(task);
                if (handed == null) {
                    take(pool, task);
                } else if (!(task instanceof RepeatedTask)) {
                    handed.corral$submitter(null);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a pool lets go of all tasks in its queue. */
    public static void allWithdrawn(HandingPool pool) {
        try {
            pool.corral$tasks().clear();
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Whether the nodes of a pool's queue remember it. */
    static boolean keepsSubmitters(Object queue) {
        return PoolWorker.isQueueOfNodes(queue) && queue instanceof HandingQueue;
    }

    /**
     * Stands where a pool's worker is made for its first task, on the thread that submits that.
     *
     * @param thread what the pool's factory has made for it; null if that has made none
     */
    public static void workerMade(
            TaskHolder worker, @Nullable Object firstTask, @Nullable Thread thread) {
        held(worker, firstTask);
        if (Jdk.VIRTUAL_THREADS == null) {
            try {
                PoolThreads.made(thread);
            } catch (Throwable failure) {
                HookFailures.FORK.report(failure);
            }
        }
    }

    /** Stands where a node of a queue is made for a task, on the thread that submits it. */
    public static void held(TaskHolder holder, @Nullable Object task) {
        try {
            Membership submitter = TaskHook.submitter();
            if (submitter != null && task instanceof Runnable && handed(task) == null) {
                holder.corral$submitter(submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Where it comes from, if nobody has asked yet. */
    static @Nullable Membership take(HandingPool pool, Runnable task) {
        HandedTask handed = handed(task);
        if (handed != null) {
            Object submitter = handed.corral$submitter();
            if (submitter != null
                    && (JdkTasks.isPlainFuture(task) || !(task instanceof RepeatedTask))) {
                handed.corral$submitter(null);
            }
            return (Membership) submitter;
        }
        SubmittedTasks tasks = pool.corral$tasks();
        return tasks.isEmpty() ? null : tasks.take(task);
    }
}
