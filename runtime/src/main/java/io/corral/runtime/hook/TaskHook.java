package io.corral.runtime.hook;

import io.corral.runtime.membership.Member;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.SubmittedTasks;
import io.corral.runtime.membership.TaskScope;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;

import org.jspecify.annotations.Nullable;

/**
 * A task is handed to a pool, and run there: it is charged where it was handed over, unless that is the root, a pool's
 * container or the JVM's. The task stays the object that it is.
 */
public final class TaskHook {

    private TaskHook() {}

    /** Where the calling thread works, if tasks take that along. */
    private static @Nullable Membership submitter() {
        if (!TaskScope.doesAnyHandOver()
                || !Hooks.on
                || JvmPlaces.isCarrier(Thread.currentThread())) {
            return null;
        }
        Membership place = Members.currentWorking();
        return place.handsOver() ? place : null;
    }

    /**
     * Stands where a task that can remember it is handed over: in {@code ForkJoinPool.WorkQueue.push}, in {@code
     * Timer.sched}, and in the constructor of a {@code CompletableFuture}'s dependents, which others may hand over later.
     *
     * @param known what it remembers
     * @return what it is to remember
     */
    public static @Nullable Object submitter(@Nullable Object known) {
        if (known != null) {
            return known;
        }
        try {
            return submitter();
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /** Stands at the entry of {@code ThreadPoolExecutor.execute}, and where tasks come to a queue on other ways. */
    public static void submitted(HandingPool pool, @Nullable Runnable task) {
        try {
            if (task == null) {
                return;
            }
            Membership submitter = submitter();
            if (submitter == null) {
                return;
            }
            if (task instanceof HandedTask handed) {
                if (handed.corral$submitter() == null) {
                    handed.corral$submitter(submitter);
                }
            } else {
                SubmittedTasks tasks = pool.corral$tasks();
                tasks.add(task, submitter);
                if (tasks.isSweepDue()) {
                    tasks.sweep(pool.corral$queue());
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a pool rejects a task, or removes it from its queue: it will not run. */
    public static void withdrawn(HandingPool pool, @Nullable Runnable task) {
        try {
            if (task != null) {
                take(pool, task);
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

    private static @Nullable Membership take(HandingPool pool, Runnable task) {
        if (task instanceof HandedTask handed) {
            Object submitter = handed.corral$submitter();
            if (submitter != null) {
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
        try {
            scope = begin(take(pool, task));
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
        try {
            task.run();
        } finally {
            end(scope);
        }
    }

    /** Stands in {@code TimerThread.mainLoop} where the task was run, which may be run again. */
    public static void runAgain(Runnable task) {
        Object scope = begin(task instanceof HandedTask handed ? handed.corral$submitter() : null);
        try {
            task.run();
        } finally {
            end(scope);
        }
    }

    /**
     * Stands around {@code ForkJoinTask.doExec}, and in {@link #run}.
     *
     * @param submitter where the task comes from, or null
     * @return for {@link #end}; null if there is nothing to do
     */
    public static @Nullable Object begin(@Nullable Object submitter) {
        try {
            if (!Hooks.on || JvmPlaces.isCarrier(Thread.currentThread())) {
                return null;
            }
            Member member = Members.currentOrNull();
            return member == null ? null : TaskScope.begin(member, (Membership) submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /** @param begun what {@link #begin} has returned */
    public static void end(@Nullable Object begun) {
        if (begun == null) {
            return;
        }
        try {
            Member member = Members.currentOrNull();
            if (member != null) {
                TaskScope.end(member, begun);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }
}
