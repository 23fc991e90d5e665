package io.corral.runtime.hook;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.JdkTasks;
import io.corral.runtime.membership.Member;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.PlatformMember;
import io.corral.runtime.membership.PoolThreads;
import io.corral.runtime.membership.PoolWorker;
import io.corral.runtime.membership.SubmittedTasks;
import io.corral.runtime.membership.TaskScope;
import io.corral.runtime.membership.Trees;
import io.corral.runtime.membership.VirtualWorkers;
import io.corral.runtime.notice.HookFailures;

import org.jspecify.annotations.Nullable;

/**
 * A task is given to a {@code ThreadPoolExecutor}, waits in its queue, and is run by a worker. Where it comes from is known by
 * the task itself ({@link HandedTask}), by what holds it ({@link TaskHolder}), or by a table of the pool's.
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
        withdrawn(pool, task, false);
    }

    /**
     * Stands where a pool removes a task from its queue: who submits it again may be another. (One that is repeated may be
     * running, and not in the queue.)
     */
    public static void removed(HandingPool pool, @Nullable Runnable task) {
        withdrawn(pool, task, !(task instanceof RepeatedTask));
    }

    private static void withdrawn(HandingPool pool, @Nullable Runnable task, boolean forgets) {
        try {
            if (TaskScope.isUsed() && task != null) {
                HandedTask handed = handed(task);
                if (handed == null) {
                    take(pool, task);
                } else if (forgets) {
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
    private static boolean keepsSubmitters(Object queue) {
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

    /** Where what a holder has comes from, or null. It is asked once: the queue keeps a node until the next is taken out. */
    private static @Nullable Membership takeFrom(Object holder) {
        if (holder instanceof TaskHolder holding
                && holding.corral$submitter() instanceof Membership submitter) {
            holding.corral$submitter(null);
            return submitter;
        }
        return null;
    }

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
            Member member = Hooks.on && keepsSubmitters(queue) ? Members.currentOrNull() : null;
            PoolWorker working = member == null ? null : begin(member, queue);
            if (working != null && firstTask != null && submitter != null) {
                working.took(firstTask, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands at the entry of {@code ThreadPoolExecutor.getTask}. */
    public static void looksForTask(HandingPool pool) {
        try {
            // While the key is off no task's begin clears what this sets: it is set still.
            if (TaskScope.isUsed() && keepsSubmitters(pool.corral$queue())) {
                Member member = Members.currentIfKnown();
                PoolWorker worker = member == null ? null : worker(member, pool.corral$queue());
                if (worker != null) {
                    worker.looksForTask();
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a pool's worker has run its last task. */
    public static void worksNoMore(HandingPool pool) {
        try {
            Object queue = pool.corral$queue();
            Member member = keepsSubmitters(queue) ? Members.currentIfKnown() : null;
            if (member instanceof PlatformMember platform) {
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

    private static @Nullable Membership take(HandingPool pool, Runnable task) {
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

    /** Stands in {@code ThreadPoolExecutor.runWorker} where the task was run. */
    public static void run(Runnable task, HandingPool pool) {
        Object scope = null;
        Member member = null;
        try {
            if (!TaskScope.isUsed()) {
                scope = TaskScope.UNUSED;
            } else if (Hooks.on) {
                member = Members.currentOrNull();
                if (member != null) {
                    scope = TaskHook.begin(member, take(member, pool, task));
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
        try {
            task.run();
        } finally {
            if (member == null) {
                TaskHook.end(scope);
            } else {
                TaskHook.ended(member, scope);
            }
        }
    }

    private static @Nullable Membership take(Member member, HandingPool pool, Runnable task) {
        Object queue = pool.corral$queue();
        if (keepsSubmitters(queue)) {
            PoolWorker known = worker(member, queue);
            // Without, the worker began before the hooks were switched on.
            PoolWorker worker = known == null ? begin(member, queue) : known;
            Membership submitter = worker == null ? null : worker.begins(task);
            if (submitter != null) {
                return submitter;
            }
        }
        return take(pool, task);
    }
}
