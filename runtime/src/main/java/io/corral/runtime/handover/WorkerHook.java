package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.hook.Hooks;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/** A worker of a {@code ThreadPoolExecutor} takes tasks out of its queue, and runs each where it comes from ({@link PoolHook}). */
public final class WorkerHook {

    private WorkerHook() {}

    /** Stands where a task was taken out of a queue, within the queue's lock: nobody is adopted here. */
    public static void taken(HandingQueue queue, @Nullable Object task, Object node) {
        try {
            Membership submitter = TaskScope.isUsed() ? takeFrom(node) : null;
            if (submitter != null && task != null) {
                Member member = Members.currentIfKnown();
                PoolWorker worker = member == null ? null : worker(member, queue);
                if (worker != null) {
                    worker.took(task, submitter);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Null for a thread that is no worker of a pool that has this queue. */
    private static @Nullable PoolWorker worker(Member member, Object queue) {
        if (member instanceof PlatformMember platform) {
            PoolWorker worker = platform.poolWorker();
            return worker != null && worker.takesFrom(queue) ? worker : null;
        }
        VirtualWorkers virtual = virtualWorkers(queue);
        return virtual == null ? null : virtual.get(member);
    }

    private static @Nullable VirtualWorkers virtualWorkers(Object queue) {
        return queue instanceof HandingQueue handing ? handing.corral$workers() : null;
    }

    private static @Nullable PoolWorker begin(Member member, Object queue) {
        if (member instanceof PlatformMember platform) {
            return platform.beginPoolWork(queue);
        }
        VirtualWorkers virtual = virtualWorkers(queue);
        return virtual == null ? null : virtual.begin(member, queue);
    }

    /** Stands at the entry of {@code ThreadPoolExecutor.runWorker}. */
    public static void works(Object queue, Object worker, @Nullable Object firstTask) {
        try {
            if (Jdk.VIRTUAL_THREADS == null) {
                PoolThreads.works();
            }
            Membership submitter = takeFrom(worker);
            Member member =
                    Hooks.on && PoolHook.keepsSubmitters(queue) ? Members.currentOrNull() : null;
            PoolWorker working = member == null ? null : begin(member, queue);
            if (working != null && firstTask != null && submitter != null) {
                working.took(firstTask, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Where what a holder has comes from, or null. It is asked once: the queue keeps a node until the next is taken out. */
    private static @Nullable Membership takeFrom(Object holder) {
        if (holder instanceof TaskHolder holding
                && holding.corral$submitter() instanceof Membership submitter) {
            holding.corral$submitter(null);
            return submitter;
        }
        return null;
    }

    /** Stands at the entry of {@code ThreadPoolExecutor.getTask}. */
    public static void looksForTask(HandingPool pool) {
        try {
            // While the key is off no task's begin clears what this sets: it is set still.
            if (TaskScope.isUsed() && PoolHook.keepsSubmitters(pool.corral$queue())) {
                Member member = Members.currentIfKnown();
                PoolWorker worker = member == null ? null : worker(member, pool.corral$queue());
                if (member != null && worker != null) {
                    worker.looksForTask(member);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Stands where who takes from a queue is about to wait, within the queue's lock: nobody is adopted here. Mostly it was closed when
     * the worker began to look ({@link #looksForTask}), but another may have been faster.
     *
     * <p>Forced, so that compiled code has no call here while the key is off: compilers leave calls where they stand that are seldom
     * come by, and with a second one beside that of the wait the worker's loop takes 2 to 4 % longer on JDK 25, for tasks that nobody waits for.
     */
    @ForceInline
    public static void waits(HandingQueue queue) {
        if (TaskScope.isUsed()) {
            closeBeforeWait(queue);
        }
    }

    private static void closeBeforeWait(HandingQueue queue) {
        try {
            if (Members.currentIfKnown() instanceof PlatformMember platform) {
                closeLeft(platform, worker(platform, queue));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a pool's worker has run its last task. */
    public static void worksNoMore(HandingPool pool) {
        try {
            Object queue = pool.corral$queue();
            Member member = PoolHook.keepsSubmitters(queue) ? Members.currentIfKnown() : null;
            if (member instanceof PlatformMember platform) {
                closeLeft(platform, worker(platform, queue));
                platform.endPoolWork(queue);
            } else if (member != null) {
                VirtualWorkers virtual = virtualWorkers(queue);
                if (virtual != null) {
                    virtual.end(member);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands in {@code ThreadPoolExecutor.runWorker} where the task was run. */
    public static void run(Runnable task, HandingPool pool) {
        Object scope = null;
        Member member = null;
        PoolWorker worker = null;
        try {
            if (!TaskScope.isUsed()) {
                scope = TaskScope.UNUSED;
            } else if (Hooks.on) {
                member = Members.currentOrNull();
                if (member != null) {
                    worker = workerOf(member, pool.corral$queue());
                    scope = begin(member, worker, submitter(worker, pool, task));
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            closeLeft(member, worker);
        }
        try {
            task.run();
        } finally {
            if (member == null) {
                TaskHook.end(scope);
            } else if (!leavesOpen(member, worker, scope, pool)) {
                TaskHook.ended(member, scope);
            }
        }
    }

    /** Null where nodes don't remember what they hold. */
    private static @Nullable PoolWorker workerOf(Member member, Object queue) {
        if (!PoolHook.keepsSubmitters(queue)) {
            return null;
        }
        PoolWorker known = worker(member, queue);
        // Without, the worker began before the hooks were switched on.
        return known == null ? begin(member, queue) : known;
    }

    private static @Nullable Membership submitter(
            @Nullable PoolWorker worker, HandingPool pool, Runnable task) {
        Membership submitter = worker == null ? null : worker.begins(task);
        return submitter == null ? PoolHook.take(pool, task) : submitter;
    }

    private static Object begin(
            Member member, @Nullable PoolWorker worker, @Nullable Membership submitter) {
        Object open = worker == null ? null : worker.goesOn(member, submitter);
        return open == null ? TaskHook.begin(member, submitter) : open;
    }

    private static boolean leavesOpen(
            Member member, @Nullable PoolWorker worker, @Nullable Object scope, HandingPool pool) {
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

    /** Virtual threads leave nothing open. */
    private static void closeLeft(@Nullable Member member, @Nullable PoolWorker worker) {
        if (member != null && worker != null) {
            worker.closeLeft(member);
        }
    }
}
