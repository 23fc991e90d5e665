package io.corral.runtime.hook;

import io.corral.runtime.membership.Member;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.PlatformMember;
import io.corral.runtime.membership.SubmittedTasks;
import io.corral.runtime.membership.TaskScope;
import io.corral.runtime.membership.Trees;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;

import org.jspecify.annotations.Nullable;

/**
 * A task is handed to a pool, and run there: it is charged where it was handed over, unless that is the root, a pool's
 * container or the JVM's. The task stays the object that it is.
 */
public final class TaskHook {

    private TaskHook() {}

    /**
     * Where the calling thread works, if tasks take that along. May be called within the JDK's locks: nobody is adopted here,
     * and no application's code is called.
     */
    private static @Nullable Membership submitter() {
        if (!TaskScope.doesAnyHandOver()
                || !Hooks.on
                || JvmPlaces.isCarrier(Thread.currentThread())) {
            return null;
        }
        Member member = Members.currentIfKnown();
        Membership place = member == null ? Trees.ROOT : member.working();
        return place.handsOver() ? place : null;
    }

    /** Stands where a task is handed over: in {@code ForkJoinPool.WorkQueue.push} and in {@code Timer.sched}. */
    public static void handedOver(@Nullable Object task) {
        try {
            Membership submitter = submitter();
            if (submitter != null
                    && task instanceof HandedTask handed
                    && handed.corral$submitter() == null) {
                handed.corral$submitter(submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a task is made that others hand over later: in the constructor of a future's dependents. */
    public static void made(@Nullable Object task) {
        try {
            if (TaskScope.doesAnyHandOver() && task instanceof HandedTask handed) {
                Membership submitter = submitter();
                // Who hands it over later is not whose it is.
                handed.corral$submitter(submitter == null ? Trees.ROOT : submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Stands at the entry of {@code ThreadPoolExecutor.execute}, and where tasks come to a queue on other ways.
     *
     * @param pool no {@link HandingPool} if its class was loaded before the agent came, and that of a subclass after
     */
    public static void submitted(Object pool, @Nullable Runnable task) {
        try {
            if (task == null
                    || !TaskScope.doesAnyHandOver()
                    || !(pool instanceof HandingPool handing)) {
                return;
            }
            Membership submitter = submitter();
            if (task instanceof HandedTask handed) {
                if (handed.corral$submitter() == null || handed instanceof SubmittedTask) {
                    handed.corral$submitter(submitter);
                }
                return;
            }
            SubmittedTasks tasks = handing.corral$tasks();
            if (submitter != null) {
                tasks.add(task, submitter);
                tasks.sweepIfDue(handing.corral$queue());
            } else if (!tasks.isEmpty()) {
                tasks.addIfKnown(task, Trees.ROOT);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a pool rejects a task, or removes it from its queue: it will not run. */
    public static void withdrawn(HandingPool pool, @Nullable Runnable task) {
        try {
            // What remembers it itself may be put back by who handles the rejection, and is told
            // anew when it is submitted.
            if (task != null && !(task instanceof HandedTask)) {
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
            if (submitter != null && !(task instanceof RepeatedTask)) {
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

    /** Asked in {@code ForkJoinTask.doExec}: whether the scopes of a task that brings no place along are to be closed. */
    public static boolean watches() {
        return TaskScope.doesAnyHandOver() && !JvmPlaces.isCarrier(Thread.currentThread());
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
            return member == null
                    ? null
                    : TaskScope.begin(member, keepsTasks(member) ? null : (Membership) submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /** By a rule. */
    private static boolean keepsTasks(Member worker) {
        return worker instanceof PlatformMember platform && platform.keepsTasks();
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
