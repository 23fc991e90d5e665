package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.hook.Hooks;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/**
 * A task is handed over, and run elsewhere: it is charged where it was handed over, unless that is the root, a pool's
 * container or the JVM's. The task stays the object that it is. Here are timers' tasks, futures' dependents, and where fork-join
 * tasks come from. {@link ForkJoinHook} has where these are run, {@link PoolHook} and {@link WorkerHook} what goes through a {@code
 * ThreadPoolExecutor}.
 */
public final class TaskHook {

    private TaskHook() {}

    /**
     * Where the calling thread works, if tasks take that along. May be called within the JDK's locks: nobody is adopted here,
     * and no application's code is called.
     */
    static @Nullable Membership submitter() {
        if (!TaskScope.doesAnyHandOver()
                || !Hooks.on
                || JvmPlaces.isCarrier(Thread.currentThread())) {
            return null;
        }
        Member member = Members.currentIfKnown();
        Membership place = member == null ? Trees.ROOT : member.working();
        return place.handsOver() ? place : null;
    }

    /** Of a task that others may hand over later: who does so is not whose it is. */
    static Membership submitterOrRoot() {
        Membership submitter = submitter();
        return submitter == null ? Trees.ROOT : submitter;
    }

    /**
     * Stands where a task is handed over: in {@code ForkJoinPool.WorkQueue.push} and in {@code Timer.sched}; and in the constructors of
     * what a future begins with.
     */
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
                handed.corral$submitter(submitterOrRoot());
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
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
     * @param submitter where the task comes from, or null
     * @return for {@link #end}; null if there is nothing to do
     */
    private static @Nullable Object begin(@Nullable Object submitter) {
        try {
            Member member = runner();
            return member == null ? null : begin(member, (Membership) submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /**
     * Stands around the {@code run()} of a future's dependent, which an executor may call where it likes: in a pool the
     * place was entered already, and taken from the task.
     *
     * @return for {@link #end}; null if there is nothing to do
     */
    public static @Nullable Object beginOwn(Object task) {
        Membership submitter = take(task);
        return submitter == null ? null : begin(submitter);
    }

    /**
     * As {@link #beginOwn}, of what a future begins with, which is asked for and given to the executor at once. In a hierarchy where that
     * has it run in a container already, on a thread that was born there or in a scope, it is to be there.
     *
     * @return for {@link #end}; null if there is nothing to do
     */
    public static @Nullable Object beginUnplaced(Object task) {
        if (!TaskScope.isUsed()) {
            return null;
        }
        try {
            Membership submitter = take(task);
            if (submitter == null) {
                return beginUnlessInScope();
            }
            Membership working = Members.currentWorking();
            Membership rest = submitter.unless(working);
            return begin(rest.hasRoomFrom(working) ? rest : submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /**
     * Of a task from the root, or whose place was entered already: within a scope, mostly a pool's, what it leaves open is closed
     * with that.
     */
    private static @Nullable Object beginUnlessInScope() {
        Member member = Members.currentIfKnown();
        return member != null && member.hasScope() ? null : begin(null);
    }

    /** Where it comes from, if nobody has asked yet. */
    private static @Nullable Membership take(Object task) {
        if (!TaskScope.isUsed()
                || !(task instanceof HandedTask handed)
                || !(handed.corral$submitter() instanceof Membership submitter)) {
            return null;
        }
        handed.corral$submitter(null);
        return submitter;
    }

    /** Of the calling thread, which is about to run a task; null if that is none of its own. */
    static @Nullable Member runner() {
        return !Hooks.on || JvmPlaces.isCarrier(Thread.currentThread())
                ? null
                : Members.currentOrNull();
    }

    static Object begin(Member member, @Nullable Membership submitter) {
        return TaskScope.begin(member, submitter == null || keepsTasks(member) ? null : submitter);
    }

    /** By a rule. */
    private static boolean keepsTasks(Member worker) {
        return worker instanceof PlatformMember platform && platform.keepsTasks();
    }

    /** @param begun what {@link #begin} has returned */
    public static void end(@Nullable Object begun) {
        if (begun == null || (begun == TaskScope.UNUSED && !TaskScope.mayHaveBeenUsedSince())) {
            return;
        }
        try {
            Member member = Members.currentOrNull();
            if (member != null) {
                ended(member, begun);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    static void ended(Member member, @Nullable Object begun) {
        try {
            if (begun != null) {
                TaskScope.end(member, begun);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }
}
