package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.thread.HandOverFlag;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hooks for the submission of a task to a {@code ThreadPoolExecutor}. Its submitter is remembered
 * by the task itself ({@link TaskWithSubmitter}), by the node of the queue or the worker that holds
 * it ({@link SubmitterField}), or by a separate table for the pool ({@link SubmittedTasks}).
 */
public final class PoolHook {

    private PoolHook() {}

    /**
     * Called at the entry of {@code ThreadPoolExecutor.execute} and of
     * {@code ScheduledThreadPoolExecutor.delayedExecute}.
     *
     * @param pool not a {@link WovenPool} if its class was loaded before the agent
     */
    public static void submitted(Object pool, @Nullable Runnable task) {
        try {
            if (!Submitter.isAskedFor() || task == null || !(pool instanceof WovenPool woven)) {
                return;
            }
            TaskWithSubmitter own = withSubmitter(task);
            if (own == null) {
                if (!hasNodesWithSubmitter(woven.corral$queue())) {
                    remember(woven, task);
                }
            } else if (own.corral$submitter() == null) {
                own.corral$submitter(Submitter.ofOrRoot(task));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * The task, if it has a field for its submitter. Up to JDK 22 the JVM searches a list to find
     * that a class lacks an interface, which takes some 10 ns. So hidden classes are excluded
     * first: a lambda's class is hidden, and a woven class is not.
     */
    private static @Nullable TaskWithSubmitter withSubmitter(Object task) {
        return !task.getClass().isHidden() && task instanceof TaskWithSubmitter own ? own : null;
    }

    private static void remember(WovenPool pool, Runnable task) {
        Membership submitter = Submitter.of(task);
        if (submitter != null) {
            SubmittedTasks.of(pool).add(task, submitter, pool.corral$queue());
            return;
        }
        SubmittedTasks known = SubmittedTasks.ofKnown(pool);
        if (known != null) {
            known.addIfKnown(task, Trees.ROOT);
        }
    }

    /**
     * Called where a pool rejects a task. A task with a field keeps its submitter: the handler may
     * put it into the queue, or give it to another pool.
     */
    public static void rejected(WovenPool pool, @Nullable Runnable task) {
        try {
            if (Submitter.isAskedFor() && task != null && withSubmitter(task) == null) {
                SubmittedTasks known = SubmittedTasks.ofKnown(pool);
                if (known != null) {
                    // Only the last: the object may be in the queue for earlier submitters.
                    known.withdrawLast(task);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called at the entry of {@code ThreadPoolExecutor.remove}: another thread may submit the task
     * again. A repeated task keeps its submitter, as it may run at this moment.
     */
    public static void removed(WovenPool pool, @Nullable Runnable task) {
        try {
            if (HandOverFlag.isOn() && task != null) {
                TaskWithSubmitter own = withSubmitter(task);
                if (own == null) {
                    takeRemembered(pool, task);
                } else if (!(task instanceof RepeatedTask)) {
                    own.corral$submitter(null);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Called at the entry of {@code ThreadPoolExecutor.shutdownNow}, which empties the queue. */
    public static void emptied(WovenPool pool) {
        try {
            SubmittedTasks known = SubmittedTasks.ofKnown(pool);
            if (known != null) {
                known.clear();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Whether the queue's nodes have the field. False for subclasses, which may keep tasks
     * elsewhere.
     */
    static boolean hasNodesWithSubmitter(Object queue) {
        return queue.getClass() == LinkedBlockingQueue.class && queue instanceof WovenQueue;
    }

    /**
     * Called at the end of the constructor of a pool's worker, on the thread that submits its first
     * task.
     *
     * @param thread what the pool's factory has made for it, or null
     */
    public static void workerCreated(
            SubmitterField worker, @Nullable Object firstTask, @Nullable Thread thread) {
        held(worker, firstTask);
        if (Jdk.VIRTUAL_THREADS == null) {
            try {
                PoolThreads.made(thread);
            } catch (Throwable failure) {
                HookFailures.FORK.report(failure);
            }
        }
    }

    /** Called at the end of the constructor of a queue's node, on the submitting thread. */
    public static void held(SubmitterField holder, @Nullable Object task) {
        try {
            Membership submitter =
                    Submitter.isAskedFor() && task instanceof Runnable ? Submitter.of(task) : null;
            if (submitter != null && task != null && withSubmitter(task) == null) {
                holder.corral$submitter(submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Takes the submitter of a task that is about to run, unless the queue's node had it. */
    static @Nullable Membership take(WovenPool pool, Runnable task) {
        TaskWithSubmitter own = withSubmitter(task);
        if (own == null) {
            return takeRemembered(pool, task);
        }
        return task instanceof RepeatedTask
                ? (Membership) own.corral$submitter()
                : Submitter.take(own);
    }

    private static @Nullable Membership takeRemembered(WovenPool pool, Runnable task) {
        SubmittedTasks known = SubmittedTasks.ofKnown(pool);
        return known == null ? null : known.take(task);
    }
}
