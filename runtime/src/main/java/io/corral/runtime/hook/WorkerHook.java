package io.corral.runtime.hook;

import io.corral.runtime.handover.PoolWorker;
import io.corral.runtime.handover.SubmitterStore;
import io.corral.runtime.handover.TaskClasses;
import io.corral.runtime.handover.TaskScope;
import io.corral.runtime.handover.VirtualWorkers;
import io.corral.runtime.handover.WaitingTasks;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.Worker;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Hooks for a worker of a {@code ThreadPoolExecutor}, in the order of its loop: it starts, looks
 * for a task, takes it out of the queue or waits, runs it, and ends. {@link PoolHook} has the hooks
 * for the submission.
 */
public final class WorkerHook {

    private WorkerHook() {}

    /** Called at the entry of {@code ThreadPoolExecutor.runWorker}. */
    public static void starts(Object queue, Object worker, @Nullable Object firstTask) {
        try {
            if (Jdk.VIRTUAL_THREADS == null) {
                PoolThreads.works();
            }
            boolean isSubmitterInQueue = PoolHook.hasNodesWithSubmitter(queue);
            Membership submitter =
                    isSubmitterInQueue ? SubmitterStore.POOL_WORKER.take(worker) : null;
            Member member = Members.isWoven() ? Members.currentOrNull() : null;
            PoolWorker started =
                    member instanceof PlatformMember || (member != null && isSubmitterInQueue)
                            ? start(member, queue)
                            : null;
            if (started != null && firstTask != null && submitter != null) {
                started.took(firstTask, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    static PoolWorker start(Member member, Object queue) {
        WaitingTasks.workerStarts(queue);
        if (!(member instanceof PlatformMember platform)) {
            return VirtualWorkers.start(member, queue);
        }
        PoolWorker started = new PoolWorker(queue, platform.worker());
        platform.worker(started);
        return started;
    }

    /** Called at the entry of {@code ThreadPoolExecutor.getTask}. */
    public static void looksForTask(Object pool, Collection<?> queue) {
        try {
            if (HandOverFlag.isOn()) {
                Member member = Members.currentIfKnown();
                PoolWorker worker = member == null ? null : UnwovenLoopHook.worker(member, queue);
                if (member != null && worker != null) {
                    UnwovenLoopHook.endTask(member, worker);
                    worker.looksForTask(member, queue);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * The worker of the calling thread; null if the thread does not work for the pool with this
     * queue.
     */
    static @Nullable PoolWorker worker(Member member, Object queue) {
        Worker worker = member instanceof PlatformMember platform
                ? platform.worker()
                : VirtualWorkers.of(member);
        return worker instanceof PoolWorker pools && pools.takesFrom(queue) ? pools : null;
    }

    /**
     * Called where a task was taken out of a queue, under the queue's lock, so an unknown thread is
     * not adopted.
     */
    public static void dequeued(Object queue, @Nullable Object task, Object node) {
        try {
            Membership submitter = HandOverFlag.isOn() && TaskClasses.areSubmittersInQueues()
                    ? SubmitterStore.QUEUE_NODE.take(node)
                    : null;
            Member member = submitter == null || task == null ? null : Members.currentIfKnown();
            PoolWorker worker = member == null ? null : worker(member, queue);
            if (worker != null && task != null && submitter != null) {
                worker.took(task, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called where a thread that takes from a queue is about to wait, under the queue's lock. The
     * scope of its last task was closed when it began to look for a task, unless another worker has
     * emptied the queue since.
     *
     * <p>Inlined by force: compilers would not inline this rare call, and a call makes the loop of
     * a worker 2 to 4% slower.
     */
    @ForceInline
    public static void waits(Object queue) {
        if (HandOverFlag.isOn()) {
            closeBeforeWait(queue);
        }
    }

    private static void closeBeforeWait(Object queue) {
        try {
            if (Members.currentIfKnown() instanceof PlatformMember platform) {
                closeLeft(platform, worker(platform, queue));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Called by {@code ThreadPoolExecutor.runWorker} in place of the task's {@code run()}. */
    public static void run(Runnable task, Object pool, Object queue) {
        if (!HandOverFlag.isOn()) {
            runUnwatched(task);
            return;
        }
        Object scope = null;
        Member member = null;
        PoolWorker worker = null;
        try {
            member = Members.isWoven() ? Members.currentOrNull() : null;
            if (member != null) {
                worker = workerOf(member, queue);
                scope = beginWoven(member, worker, pool, task);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            closeLeft(member, worker);
        }
        try {
            task.run();
        } finally {
            if (member != null && !leavesOpen(member, worker, scope, pool, queue)) {
                TaskHook.end(member, scope);
            }
        }
    }

    private static Object beginWoven(
            Member member, @Nullable PoolWorker worker, Object pool, Runnable task) {
        Object begun = worker == null ? null : UnwovenLoopHook.take(worker);
        return begun == null ? begin(member, worker, submitter(worker, pool, task)) : begun;
    }

    /** Runs the task without hooks. The task may open the JVM's first scope and leave it open. */
    private static void runUnwatched(Runnable task) {
        try {
            task.run();
        } finally {
            TaskHook.end(TaskScope.BEFORE_HAND_OVER);
        }
    }

    /**
     * The worker of the calling thread; null on a virtual thread if the nodes of the pool's queue
     * have no field for the submitter.
     */
    private static @Nullable PoolWorker workerOf(Member member, Object queue) {
        if (!(member instanceof PlatformMember) && !PoolHook.hasNodesWithSubmitter(queue)) {
            return null;
        }
        PoolWorker known = worker(member, queue);
        // There is none if the worker started before the agent was active.
        return known == null ? start(member, queue) : known;
    }

    static @Nullable Membership submitter(@Nullable PoolWorker worker, Object pool, Runnable task) {
        Membership submitter = worker == null ? null : worker.begins(task);
        return submitter == null ? PoolHook.take(pool, task) : submitter;
    }

    private static Object begin(
            Member member, @Nullable PoolWorker worker, @Nullable Membership submitter) {
        Object open = worker == null ? null : worker.continues(member, submitter);
        return open == null ? TaskHook.begin(member, submitter) : open;
    }

    private static boolean leavesOpen(
            Member member,
            @Nullable PoolWorker worker,
            @Nullable Object scope,
            Object pool,
            Object queue) {
        try {
            return worker != null
                    && scope != null
                    && isPlain(pool)
                    && reportsWaits(queue)
                    && worker.leavesOpen(member, scope);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return false;
        }
    }

    /** Whether a pool runs no code of a subclass between two tasks. */
    private static boolean isPlain(Object pool) {
        return pool.getClass() == ThreadPoolExecutor.class;
    }

    /** Whether a worker that is about to wait at this queue calls {@link #waits}. */
    private static boolean reportsWaits(Object queue) {
        return TaskClasses.isQueueWoven() && queue.getClass() == LinkedBlockingQueue.class;
    }

    /** Called at the entry of {@code ThreadPoolExecutor.processWorkerExit}. */
    public static void ends(Object pool, Collection<?> queue) {
        try {
            Member member = Members.currentIfKnown();
            PoolWorker worker = member == null ? null : worker(member, queue);
            if (worker == null) {
                return;
            }
            if (member instanceof PlatformMember platform) {
                UnwovenLoopHook.endTask(platform, worker);
                closeLeft(platform, worker);
                platform.worker(worker.outer);
            } else if (member != null) {
                VirtualWorkers.end(member);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** A virtual thread leaves no scope open between two tasks. */
    private static void closeLeft(@Nullable Member member, @Nullable PoolWorker worker) {
        if (member != null && worker != null) {
            worker.closeLeft(member);
        }
    }
}
