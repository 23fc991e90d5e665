package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/** A fork-join task is run where it comes from: by a worker in its loop, by a task that joins it, or by whoever invokes it. */
public final class ForkJoinHook {

    private ForkJoinHook() {}

    /** Asked in {@code ForkJoinTask.doExec}: whether there may be anything to do. */
    public static boolean isUsed() {
        return TaskScope.isUsed();
    }

    /** Stands in {@code ForkJoinTask.doExec} behind a task that began when nobody had a scope open: those it has left open. */
    public static void endUnused() {
        TaskHook.end(TaskScope.UNUSED);
    }

    /** Asked in {@code ForkJoinTask.doExec}: whether the scopes of a task that brings no place along are to be closed. */
    public static boolean watches() {
        return TaskScope.isUsed() && !JvmPlaces.isCarrier(Thread.currentThread());
    }

    /**
     * Stands around {@code ForkJoinTask.doExec}.
     *
     * @param submitter where the task comes from, or null
     * @return for {@link #end}; null if there is nothing to do
     */
    public static @Nullable Object begin(@Nullable Object submitter) {
        try {
            Member member = TaskHook.runner();
            return member == null ? null : begin(member, (Membership) submitter);
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    private static Object begin(Member member, @Nullable Membership submitter) {
        ForkJoinWorker worker =
                member instanceof PlatformMember platform ? platform.forkJoinWorker() : null;
        if (worker == null || worker.runsTask()) {
            return TaskHook.begin(member, submitter);
        }
        worker.runs();
        Object open = worker.goesOn(member, submitter);
        worker.opened(open == null ? TaskHook.begin(member, submitter) : open);
        return worker;
    }

    /** @param begun what {@link #begin} has returned */
    public static void end(@Nullable Object begun) {
        if (begun instanceof ForkJoinWorker worker) {
            Object scope = worker.ran();
            if (!leavesOpen(worker, scope)) {
                TaskHook.ended(worker.member(), scope);
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

    /** Stands at the entry of {@code ForkJoinPool.runWorker}. */
    public static void works() {
        try {
            if (TaskHook.runner() instanceof PlatformMember platform) {
                platform.beginForkJoinWork();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Stands where a worker's loop begins to look through the pool's queues: at the entry of {@code ForkJoinPool.scan}, or, on
     * later JDKs, in {@code runWorker}. Forced, as {@link WorkerHook#waits} is.
     */
    @ForceInline
    public static void sweeps() {
        if (TaskScope.isUsed()) {
            countSweep();
        }
    }

    private static void countSweep() {
        try {
            ForkJoinWorker worker = workerIfUsed();
            if (worker != null) {
                worker.sweeps();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands where a worker's loop has found no task: at the entry of {@code ForkJoinPool.awaitWork}, and of what calls that. */
    public static void waits() {
        try {
            ForkJoinWorker worker = workerIfUsed();
            if (worker != null) {
                worker.waits();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Stands at the entry of {@code ForkJoinPool.createWorker}, which asks a factory: of the application's, maybe. */
    public static void makesWorker() {
        try {
            ForkJoinWorker worker = workerIfUsed();
            if (worker != null) {
                worker.closeLeft();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Nobody is adopted here. */
    private static @Nullable ForkJoinWorker workerIfUsed() {
        return TaskScope.isUsed() && Members.currentIfKnown() instanceof PlatformMember platform
                ? platform.forkJoinWorker()
                : null;
    }

    /** Stands where {@code ForkJoinPool.runWorker} returns, or throws. */
    public static void worksNoMore() {
        try {
            if (Members.currentIfKnown() instanceof PlatformMember platform) {
                platform.endForkJoinWork();
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }
}
