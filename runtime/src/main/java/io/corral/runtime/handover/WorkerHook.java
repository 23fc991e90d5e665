package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

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
            Membership submitter =
                    worker instanceof SubmitterField field ? Submitter.take(field) : null;
            Member member = Members.isWoven() && PoolHook.hasNodesWithSubmitter(queue)
                    ? Members.currentOrNull()
                    : null;
            PoolWorker started = member == null ? null : start(member, queue);
            if (started != null && firstTask != null && submitter != null) {
                started.took(firstTask, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    private static PoolWorker start(Member member, Object queue) {
        if (!(member instanceof PlatformMember platform)) {
            return VirtualWorkers.start(member, queue);
        }
        PoolWorker started = new PoolWorker(queue, Worker.of(platform));
        platform.worker(started);
        return started;
    }

    /** Called at the entry of {@code ThreadPoolExecutor.getTask}. */
    public static void looksForTask(WovenPool pool) {
        try {
            if (HandOverFlag.isOn()) {
                Object queue = pool.corral$queue();
                Member member =
                        PoolHook.hasNodesWithSubmitter(queue) ? Members.currentIfKnown() : null;
                PoolWorker worker = member == null ? null : worker(member, queue);
                if (member != null && worker != null) {
                    worker.looksForTask(member, pool.corral$queue());
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Null unless the thread works for a pool that has this queue. */
    private static @Nullable PoolWorker worker(Member member, Object queue) {
        Worker worker = member instanceof PlatformMember platform
                ? Worker.of(platform)
                : VirtualWorkers.of(member);
        return worker instanceof PoolWorker pools && pools.takesFrom(queue) ? pools : null;
    }

    /**
     * Called where a task was taken out of a queue, under the queue's lock, so an unknown thread is
     * not adopted.
     */
    public static void dequeued(WovenQueue queue, @Nullable Object task, Object node) {
        try {
            Membership submitter = HandOverFlag.isOn() && node instanceof SubmitterField field
                    ? Submitter.take(field)
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
     * scope of its last task was closed when it began to look, unless another worker has emptied
     * the queue since.
     *
     * <p>Inlined by force: compilers would not inline this rare call, and a call makes the loop of
     * a worker 2 to 4 % slower.
     */
    @ForceInline
    public static void waits(WovenQueue queue) {
        if (HandOverFlag.isOn()) {
            closeBeforeWait(queue);
        }
    }

    private static void closeBeforeWait(WovenQueue queue) {
        try {
            if (Members.currentIfKnown() instanceof PlatformMember platform) {
                closeLeft(platform, worker(platform, queue));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Called by {@code ThreadPoolExecutor.runWorker} in place of the task's {@code run()}. */
    public static void run(Runnable task, WovenPool pool) {
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
                worker = workerOf(member, pool.corral$queue());
                scope = begin(member, worker, submitter(worker, pool, task));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            closeLeft(member, worker);
        }
        try {
            task.run();
        } finally {
            if (member != null && !leavesOpen(member, worker, scope, pool)) {
                TaskHook.end(member, scope);
            }
        }
    }

    /** Runs the task without hooks. The task may open the JVM's first scope and leave it open. */
    private static void runUnwatched(Runnable task) {
        try {
            task.run();
        } finally {
            TaskHook.end(TaskScope.UNUSED);
        }
    }

    /** Null if the nodes of the pool's queue have no submitter. */
    private static @Nullable PoolWorker workerOf(Member member, Object queue) {
        if (!PoolHook.hasNodesWithSubmitter(queue)) {
            return null;
        }
        PoolWorker known = worker(member, queue);
        // There is none if the worker started before the agent was active.
        return known == null ? start(member, queue) : known;
    }

    private static @Nullable Membership submitter(
            @Nullable PoolWorker worker, WovenPool pool, Runnable task) {
        Membership submitter = worker == null ? null : worker.begins(task);
        return submitter == null ? PoolHook.take(pool, task) : submitter;
    }

    private static Object begin(
            Member member, @Nullable PoolWorker worker, @Nullable Membership submitter) {
        Object open = worker == null ? null : worker.continues(member, submitter);
        return open == null ? TaskHook.begin(member, submitter) : open;
    }

    private static boolean leavesOpen(
            Member member, @Nullable PoolWorker worker, @Nullable Object scope, WovenPool pool) {
        try {
            return worker != null
                    && scope != null
                    && PoolWorker.isPlain(pool)
                    && worker.leavesOpen(member, scope);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return false;
        }
    }

    /** Called at the entry of {@code ThreadPoolExecutor.processWorkerExit}. */
    public static void ends(WovenPool pool) {
        try {
            Object queue = pool.corral$queue();
            Member member = PoolHook.hasNodesWithSubmitter(queue) ? Members.currentIfKnown() : null;
            PoolWorker worker = member == null ? null : worker(member, queue);
            if (worker == null) {
                return;
            }
            if (member instanceof PlatformMember platform) {
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
