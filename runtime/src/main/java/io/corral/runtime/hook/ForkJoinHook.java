package io.corral.runtime.hook;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.handover.CurrentSubmitter;
import io.corral.runtime.handover.ForkJoinWorker;
import io.corral.runtime.handover.ForkedTasks;
import io.corral.runtime.handover.PoolHomes;
import io.corral.runtime.handover.SubmitterRecord;
import io.corral.runtime.handover.SubmitterStore;
import io.corral.runtime.handover.TaskClasses;
import io.corral.runtime.handover.TaskScope;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around the run of a fork-join task, and hooks in the loop of a worker. A task is run by a
 * worker's loop, by a task that joins it, or by any other thread. {@link TaskHook#submitted} is the
 * hook for its submission.
 */
public final class ForkJoinHook {

    private ForkJoinHook() {}

    /**
     * Called at the beginning of {@code ForkJoinTask.doExec}.
     *
     * @return for {@link #end}; null if there is nothing to end
     */
    public static @Nullable Object begin(Object task) {
        if (!HandOverFlag.isOn()) {
            return TaskScope.BEFORE_HAND_OVER;
        }
        try {
            if (JvmPlaces.isCarrier(Thread.currentThread())) {
                // The task runs a virtual thread, which has its own place and counts its own waits,
                // or ends the timeout of one.
                if (!(QueuedTime.isMeasured() && task instanceof Delayed)) {
                    SubmitterStore.of(task).drop(task);
                }
                return null;
            }
            Member member = TaskHook.runner();
            ForkJoinWorker worker = workerOf(member);
            Membership submitter = SubmitterStore.takeForkJoin(task, worker);
            return member == null ? null : begin(member, worker, submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    private static Object begin(
            Member member, @Nullable ForkJoinWorker worker, @Nullable Membership submitter) {
        if (worker == null || worker.runsTask()) {
            return TaskHook.beginQueued(member, submitter);
        }
        worker.taskBegins();
        Object open = worker.continues(member, submitter);
        worker.scopeOpened(open == null ? TaskHook.begin(member, submitter) : open);
        return worker;
    }

    private static @Nullable ForkJoinWorker workerOf(@Nullable Member member) {
        return member instanceof PlatformMember platform
                        && platform.worker() instanceof ForkJoinWorker worker
                ? worker
                : null;
    }

    /**
     * Called at the end of {@code ForkJoinTask.doExec}.
     *
     * @param begun the result of {@link #begin}
     */
    public static void end(@Nullable Object begun) {
        if (begun instanceof ForkJoinWorker worker) {
            Object scope = worker.taskEnded();
            if (!leavesOpen(worker, scope)) {
                TaskHook.end(worker.member(), scope);
            }
        } else {
            TaskHook.end(begun);
        }
    }

    private static boolean leavesOpen(ForkJoinWorker worker, Object scope) {
        try {
            return worker.leavesOpen(worker.member(), scope);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return false;
        }
    }

    /**
     * Called at the beginning of {@code ForkJoinPool.runWorker}.
     *
     * @return for {@link #ends}
     */
    public static @Nullable Object starts(Object pool) {
        try {
            if (TaskHook.runner() instanceof PlatformMember platform) {
                ForkJoinWorker worker = new ForkJoinWorker(platform, platform.worker());
                platform.worker(worker);
                PoolHomes.workerStarts(pool, platform.homeOrRoot());
                return worker;
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
        return null;
    }

    /**
     * Called before a waiting thread runs a task that it has taken from a queue: in the methods of
     * {@code ForkJoinPool} and its queues by which a thread helps, and in
     * {@code ForkJoinTask.awaitDone}. If the task has no submitter, it was submitted from no
     * container. (A task that is called directly has none either, and is part of the calling task.)
     */
    public static void helps(Object task) {
        if (CurrentSubmitter.isRecorded()) {
            try {
                countHelp(task);
            } catch (Throwable failure) {
                HookFailures.HAND_OVER.report(failure);
            }
        }
    }

    private static void countHelp(Object task) {
        if (SubmitterStore.of(task) != SubmitterStore.TABLE) {
            SubmitterStore.setRootIfNone(task, null);
            return;
        }
        // A record in the table costs more than the look at the thread.
        Member member = Members.currentIfKnown();
        if (member != null && member.working().handsOver()) {
            SubmitterStore.setRootIfNone(task, workerOf(member));
        }
    }

    /**
     * Called at the beginning of {@code ForkJoinPool.externalHelpQuiesce}, in which a thread that
     * is no worker of the pool runs its tasks until none is left.
     *
     * @return for {@link #end}; null if there is nothing to end
     */
    public static @Nullable Object helpsPool(Object pool) {
        try {
            Member member = CurrentSubmitter.isRecorded() ? TaskHook.runner() : null;
            return member == null ? null : TaskScope.beginHelp(member, pool);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /**
     * Called where {@code ForkJoinTask.tryUnfork} returns. The application may fork the task again,
     * in another container, or call it directly.
     *
     * @param isTakenBack the result of the method
     */
    public static void unforked(boolean isTakenBack, Object task) {
        if (isTakenBack && HandOverFlag.isOn()) {
            try {
                SubmitterStore.forgetForkJoin(task, workerOf(Members.currentIfKnown()));
            } catch (Throwable failure) {
                HookFailures.HAND_OVER.report(failure);
            }
        }
    }

    /**
     * Called where the application takes back a task that it has forked: at the entry of
     * {@code ForkJoinTask.tryUnfork}, of the methods there that poll a task, and of
     * {@code ForkJoinPool.drainTasksTo}.
     */
    public static void takesBack() {
        ForkedTasks.stop();
    }

    /**
     * Called where a worker's loop begins to scan the pool's queues: at the entry of
     * {@code ForkJoinPool.scan}, or in {@code runWorker} on JDKs without that method. Inlined by
     * force, as {@link WorkerHook#waits} is.
     */
    @ForceInline
    public static void scans() {
        if (HandOverFlag.isOn()) {
            countScan();
        }
    }

    private static void countScan() {
        try {
            ForkJoinWorker worker = current();
            if (worker != null) {
                worker.scans();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called where a worker's loop has found no task: at the entry of
     * {@code ForkJoinPool.awaitWork}, and of {@code deactivate}, which calls it.
     */
    public static void waits() {
        try {
            ForkJoinWorker worker = current();
            if (worker != null) {
                worker.waits();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called at the entry of {@code ForkJoinPool.createWorker}, which may call a factory of the
     * application's.
     */
    public static void createsWorker() {
        try {
            ForkJoinWorker worker = current();
            if (worker != null) {
                worker.closeLeft();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Records the submitter of a task that the calling worker forks, if that needs no table.
     *
     * @return false if it has to be recorded elsewhere
     */
    static boolean stacks(Object task, @Nullable Member member, Membership submitter) {
        if (!TaskClasses.areForksStacked()
                || !(task instanceof ForkJoinTask)
                || ForkedTasks.isRecordedEarlier(task)) {
            return false;
        }
        ForkJoinWorker worker = workerOf(member);
        if (ForkedTasks.isStopped()) {
            Object known = ForkedTasks.take(task, worker == null ? null : worker.forked());
            if (known != null) {
                SubmitterStore.keep(task, known);
            }
            return false;
        }
        return worker != null && worker.forks(task, SubmitterRecord.waiting(submitter));
    }

    /** The worker of the calling thread. Does not adopt an unknown thread. */
    private static @Nullable ForkJoinWorker current() {
        return HandOverFlag.isOn() ? workerOf(Members.currentIfKnown()) : null;
    }

    /**
     * Called at the end of {@code ForkJoinPool.runWorker}, also if that throws.
     *
     * @param started the result of {@link #starts}
     */
    public static void ends(@Nullable Object started) {
        try {
            if (started instanceof ForkJoinWorker worker) {
                worker.ends();
                worker.member().worker(worker.outer);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }
}
