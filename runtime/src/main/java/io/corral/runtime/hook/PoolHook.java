package io.corral.runtime.hook;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.handover.CurrentSubmitter;
import io.corral.runtime.handover.SubmissionTable;
import io.corral.runtime.handover.SubmitterStore;
import io.corral.runtime.handover.TaskClasses;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.thread.HandOverFlag;
import java.util.Collection;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hooks for the submission of a task to a {@code ThreadPoolExecutor}. Its submitter is recorded in
 * the task itself ({@link SubmitterStore}), in the node of the queue or the worker that holds the
 * task, or in a table for the pool ({@link SubmissionTable}).
 */
public final class PoolHook {

    private PoolHook() {}

    /**
     * Called in {@code ThreadPoolExecutor.execute} before the task is given to a worker or to the
     * queue, and at the entry of {@code ScheduledThreadPoolExecutor.delayedExecute}.
     *
     * @param queue the queue of waiting tasks: a subclass may override the pool's own getter
     */
    public static void submitted(Object pool, @Nullable Runnable task, Collection<?> queue) {
        try {
            if (!CurrentSubmitter.isRecorded() || task == null) {
                return;
            }
            SubmitterStore store = SubmitterStore.of(task);
            if (store != SubmitterStore.POOL) {
                store.setFirst(task, CurrentSubmitter.ofOrRoot(task));
            } else if (!hasNodesWithSubmitter(queue)) {
                remember(pool, task, queue);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    private static void remember(Object pool, Runnable task, Collection<?> queue) {
        Membership submitter = CurrentSubmitter.of(task);
        if (submitter != null) {
            SubmissionTable.of(pool).add(task, submitter, queue);
            return;
        }
        SubmissionTable known = SubmissionTable.ofKnown(pool);
        if (known != null) {
            known.addIfKnown(task, Membership.ROOT);
        }
    }

    /**
     * Called where a pool rejects a task. A task with a field keeps its submitter, since the
     * handler may put it into the queue, or give it to another pool.
     */
    public static void rejected(Object pool, @Nullable Runnable task) {
        try {
            if (CurrentSubmitter.isRecorded()
                    && task != null
                    && SubmitterStore.of(task) == SubmitterStore.POOL) {
                SubmissionTable known = SubmissionTable.ofKnown(pool);
                if (known != null) {
                    // Removes only the last record: the object may be in the queue for earlier
                    // submitters.
                    known.withdrawLast(task);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called where {@code ThreadPoolExecutor.remove} returns: another thread may submit a removed
     * task again. A repeated task keeps its submitter, as it may run at this moment. If the method
     * has removed nothing, a worker may have taken the task and be about to run it.
     *
     * @param isRemoved the result of the method
     */
    public static void removed(boolean isRemoved, Object pool, @Nullable Runnable task) {
        try {
            if (isRemoved && HandOverFlag.isOn() && task != null) {
                SubmitterStore store = SubmitterStore.of(task);
                if (store == SubmitterStore.POOL) {
                    takeRemembered(pool, task);
                } else if (!SubmitterStore.isScheduled(task)) {
                    store.set(task, null);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Called at the entry of {@code ThreadPoolExecutor.shutdownNow}, which empties the queue. */
    public static void emptied(Object pool) {
        try {
            SubmissionTable known = SubmissionTable.ofKnown(pool);
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
        return TaskClasses.areSubmittersInQueues() && queue.getClass() == LinkedBlockingQueue.class;
    }

    /**
     * Called at the end of the constructor of a pool's worker, on the thread that submits its first
     * task.
     *
     * @param thread the worker's thread, from the pool's factory, or null
     */
    public static void workerCreated(
            Object worker, @Nullable Object firstTask, @Nullable Thread thread) {
        try {
            Membership submitter = submitterToHold(firstTask);
            if (submitter != null) {
                SubmitterStore.POOL_WORKER.begin(worker, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
        if (Jdk.VIRTUAL_THREADS == null) {
            try {
                PoolThreads.made(thread);
            } catch (Throwable failure) {
                HookFailures.FORK.report(failure);
            }
        }
    }

    /** Called at the end of the constructor of a queue's node, on the submitting thread. */
    public static void held(Object node, @Nullable Object task) {
        try {
            Membership submitter = submitterToHold(task);
            if (submitter != null) {
                SubmitterStore.QUEUE_NODE.begin(node, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    private static @Nullable Membership submitterToHold(@Nullable Object task) {
        return CurrentSubmitter.isRecorded()
                        && task instanceof Runnable
                        && TaskClasses.areSubmittersInQueues()
                        && SubmitterStore.of(task) == SubmitterStore.POOL
                ? CurrentSubmitter.of(task)
                : null;
    }

    /**
     * Takes the submitter of a task that is about to run, if it is not recorded in the node of the
     * queue.
     */
    static @Nullable Membership take(Object pool, Runnable task) {
        SubmitterStore store = SubmitterStore.of(task);
        if (store == SubmitterStore.POOL) {
            return takeRemembered(pool, task);
        }
        return SubmitterStore.isScheduled(task) ? ofScheduled(store, task) : store.take(task);
    }

    /** The submitter of a task that may run again. Its wait began when it was due. */
    private static @Nullable Membership ofScheduled(SubmitterStore store, Runnable task) {
        Membership submitter = store.submitter(task);
        if (submitter != null
                && submitter.unmeasured() != Membership.ROOT
                && QueuedTime.isMeasured()
                && task instanceof Delayed due) {
            submitter.chargeQueued(-due.getDelay(TimeUnit.NANOSECONDS));
        }
        return submitter;
    }

    private static @Nullable Membership takeRemembered(Object pool, Runnable task) {
        SubmissionTable known = SubmissionTable.ofKnown(pool);
        return known == null ? null : known.take(task);
    }
}
