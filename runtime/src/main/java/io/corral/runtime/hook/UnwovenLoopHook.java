package io.corral.runtime.hook;

import io.corral.runtime.handover.PoolWorker;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/**
 * For a worker of a {@code ThreadPoolExecutor} whose loop may have begun before its class was
 * woven. Then the old version of {@code runWorker} is still running, and does not call
 * {@link WorkerHook#run}. So the task begins where it is found, and ends where the worker looks for
 * the next one. Methods that the loop calls are woven, except a {@code getTask} that was waiting.
 */
public final class UnwovenLoopHook {

    private UnwovenLoopHook() {}

    /**
     * Called at the end of {@code ThreadPoolExecutor.getTask}, and at the entry of
     * {@code beforeExecute}, if the class was loaded before the agent.
     *
     * @param task null if the worker is to end
     */
    public static void found(@Nullable Runnable task, Object pool, Object queue) {
        try {
            if (task != null && HandOverFlag.isOn() && Members.isWoven()) {
                Member member = Members.currentIfKnown();
                PoolWorker worker = member == null ? null : worker(member, queue);
                if (member != null
                        && worker != null
                        && worker.isLoopUnwoven()
                        && worker.found() == null) {
                    worker.found(TaskHook.begin(member, WorkerHook.submitter(worker, pool, task)));
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * The worker of the calling thread. A platform thread without one is a worker whose loop began
     * before the agent was active, so it gets one.
     */
    static @Nullable PoolWorker worker(Member member, Object queue) {
        PoolWorker known = WorkerHook.worker(member, queue);
        return known == null && member instanceof PlatformMember
                ? WorkerHook.start(member, queue).loopMayBeUnwoven(true)
                : known;
    }

    /** Ends the task that {@link #found} has begun, if there is one. */
    static void endTask(Member member, PoolWorker worker) {
        Object scope = worker.found();
        if (scope != null) {
            worker.found(null);
            TaskHook.end(member, scope);
        }
    }

    /**
     * Called where the loop runs a task, so it is woven after all. Returns the scope of the task if
     * {@link #found} has begun it, or null.
     */
    static @Nullable Object take(PoolWorker worker) {
        if (!worker.isLoopUnwoven()) {
            return null;
        }
        worker.loopMayBeUnwoven(false);
        Object scope = worker.found();
        worker.found(null);
        return scope;
    }
}
