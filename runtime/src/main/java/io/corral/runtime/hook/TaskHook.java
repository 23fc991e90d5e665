package io.corral.runtime.hook;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.handover.CurrentSubmitter;
import io.corral.runtime.handover.SubmitterStore;
import io.corral.runtime.handover.TaskScope;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/**
 * Hooks for tasks with a field for their submitter: the submission of fork-join tasks, tasks of
 * timers, and tasks of a {@code CompletableFuture}. It also has the code that all hooks around a
 * run share.
 */
public final class TaskHook {

    private TaskHook() {}

    /**
     * Called where a task is submitted: in {@code ForkJoinPool.WorkQueue.push} and in
     * {@code Timer.sched}.
     */
    public static void submitted(@Nullable Object task) {
        try {
            if (CurrentSubmitter.isRecorded() && task != null) {
                Member member = CurrentSubmitter.memberFor(task);
                Membership submitter = CurrentSubmitter.place(member);
                if (submitter != null && ForkJoinHook.stacks(task, member, submitter)) {
                    return;
                }
                // A dependent of a future may have a submitter already. Its wait begins now.
                if (submitter != null || QueuedTime.isMeasured()) {
                    SubmitterStore.of(task).setFirst(task, submitter);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called at the end of the constructors of the tasks that {@code CompletableFuture.supplyAsync}
     * and {@code runAsync} submit at once. The executor may delay the task. If it is a pool, the
     * wait begins when the pool gets the task.
     */
    public static void made(Object task) {
        try {
            Membership submitter = CurrentSubmitter.isRecorded() ? CurrentSubmitter.of(task) : null;
            if (submitter != null) {
                SubmitterStore.of(task).set(task, submitter);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called where a task is created that another thread will submit: at the end of the constructor
     * of a future's dependent, and of a delayed fork-join task.
     */
    public static void created(@Nullable Object task) {
        try {
            if (CurrentSubmitter.isRecorded() && task != null) {
                SubmitterStore.of(task).set(task, CurrentSubmitter.ofOrRoot(task));
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * When the timeout of a virtual thread was given to the carriers, by {@code System.nanoTime()}.
     * The next call does not know it any more.
     *
     * @return 0 if it was not given to them yet, or if that is not recorded
     */
    public static long takeSubmission(@Nullable Object timeout) {
        return timeout == null ? 0 : SubmitterStore.of(timeout).takeSince(timeout);
    }

    /** Called by {@code TimerThread.mainLoop} in place of {@code run()}. The task may run again. */
    public static void runTimerTask(Runnable task) {
        Object scope = null;
        if (HandOverFlag.isOn()) {
            scope = begin(SubmitterStore.of(task).submitter(task));
        }
        try {
            task.run();
        } finally {
            end(scope);
        }
    }

    /**
     * Called around the {@code run()} of a future's dependent, which any executor may call. If a
     * pool runs it, the submitter's container was entered before.
     *
     * @return for {@link #end}; null if there is nothing to end
     */
    public static @Nullable Object beginDependent(Object task) {
        Membership submitter = take(task);
        return submitter == null ? null : begin(submitter);
    }

    /**
     * Called around the {@code run()} of the task of {@code supplyAsync} or {@code runAsync}. An
     * executor may run it in another container: in a scope, or on a thread of that container. In
     * the hierarchy of that container, the executor's choice takes precedence.
     *
     * @return for {@link #end}; null if there is nothing to end
     */
    public static @Nullable Object beginAsync(Object task) {
        if (!HandOverFlag.isOn()) {
            return null;
        }
        try {
            Membership submitter = take(task);
            return submitter == null
                    ? beginOutsideScopes()
                    : begin(submitter.withoutHandedOver(Members.currentWorking()));
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /** The end of an outer scope, usually a pool's, closes scopes that the task leaves open. */
    private static @Nullable Object beginOutsideScopes() {
        Member member = Members.currentIfKnown();
        return member != null && member.hasScope() ? null : begin(null);
    }

    private static @Nullable Membership take(Object task) {
        return HandOverFlag.isOn() ? SubmitterStore.of(task).take(task) : null;
    }

    private static @Nullable Object begin(@Nullable Membership submitter) {
        try {
            Member member = runner();
            return member == null ? null : begin(member, submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /**
     * The member of the calling thread, which is about to run a task; null if it is a carrier or is
     * not counted.
     */
    static @Nullable Member runner() {
        return !Members.isWoven() || JvmPlaces.isCarrier(Thread.currentThread())
                ? null
                : Members.currentOrNull();
    }

    /**
     * @param submitter null if the task took no container along
     * @return for {@link #end(Member, Object)}
     */
    static Object begin(Member member, @Nullable Membership submitter) {
        return TaskScope.begin(
                member, submitter == null || chargesTasksToPool(member) ? null : submitter);
    }

    /**
     * As {@link #begin(Member, Membership)}, for a fork-join task that may begin within other work.
     *
     * @param submitter null if the task was not taken from a queue, but is called directly
     */
    static Object beginQueued(Member member, @Nullable Membership submitter) {
        return submitter == null || chargesTasksToPool(member)
                ? TaskScope.begin(member, null)
                : TaskScope.beginQueued(member, submitter);
    }

    /**
     * As {@link #begin(Member, Membership)}, for an item of an executor that empties its queue in a
     * task of another submitter.
     *
     * @return for {@link #end(Object)}; null if there is nothing to end
     */
    static @Nullable Object beginItem(Member member, @Nullable Membership submitter) {
        return chargesTasksToPool(member) ? null : TaskScope.beginItem(member, submitter);
    }

    /** Whether a rule charges this worker's tasks to its pool. */
    private static boolean chargesTasksToPool(Member worker) {
        return worker instanceof PlatformMember platform && platform.chargesTasksToPool();
    }

    /** @param begun the result of the hook at the start of the task */
    public static void end(@Nullable Object begun) {
        if (begun == null || (begun == TaskScope.BEFORE_HAND_OVER && !HandOverFlag.isOn())) {
            return;
        }
        try {
            Member member = begun instanceof TaskScope.NestedTask inner
                    ? inner.member
                    : Members.currentOrNull();
            if (member != null) {
                end(member, begun);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    static void end(Member member, @Nullable Object begun) {
        try {
            if (begun != null) {
                TaskScope.end(member, begun);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }
}
