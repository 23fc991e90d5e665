package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Worker;
import java.lang.ref.WeakReference;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@code ThreadPoolExecutor}. It has the task that was taken out of the queue and has
 * not run yet, if that has a submitter. (References are written only where they change: each write
 * has a fence under G1.)
 */
public final class PoolWorker extends Worker {

    /**
     * Weak, since {@link VirtualWorkers} must not keep the queue of an abandoned pool reachable.
     */
    private final WeakReference<Object> queue;

    private @Nullable Object task;
    private @Nullable Membership submitter;

    /**
     * Whether the worker's loop began before its class was woven, so that it calls no hook around
     * the run of a task. Then the scope of a task lasts from its dequeuing until the worker looks
     * for the next task.
     */
    private boolean isLoopUnwoven;

    /** The scope of the task of such a loop, or null. */
    private @Nullable Object found;

    /**
     * Whether the worker is looking for a task. If not, a task that the thread takes out of a queue
     * is not the next one to run.
     */
    private boolean looksForTask = true;

    public PoolWorker(Object queue, @Nullable Worker outer) {
        super(outer);
        this.queue = new WeakReference<>(queue);
    }

    /** @param isUnwoven whether the loop may have begun before its class was woven */
    public PoolWorker loopMayBeUnwoven(boolean isUnwoven) {
        isLoopUnwoven = isUnwoven;
        return this;
    }

    public boolean isLoopUnwoven() {
        return isLoopUnwoven;
    }

    /** Sets the scope of a task of an unwoven loop; null when the task has ended. */
    public void found(@Nullable Object scope) {
        found = scope;
    }

    /** The scope of the task of an unwoven loop, or null. */
    public @Nullable Object found() {
        return found;
    }

    public boolean takesFrom(Object other) {
        return queue.refersTo(other);
    }

    public void looksForTask(Member member, Collection<?> queue) {
        if (hasLeftOpen() && queue.isEmpty()) {
            // Closed here rather than under the queue's lock, since a CPU clock may be read.
            closeLeft(member);
        }
        if (!looksForTask) {
            looksForTask = true;
        }
        if (task != null) {
            // The task was taken but not run.
            task = null;
        }
    }

    public void took(Object task, Membership submitter) {
        if (looksForTask) {
            looksForTask = false;
            this.task = task;
            if (this.submitter != submitter) {
                this.submitter = submitter;
            }
        }
    }

    /** @return the submitter, if this is the task that was taken */
    public @Nullable Membership begins(Object task) {
        if (looksForTask) {
            looksForTask = false;
        }
        Object taken = this.task;
        if (taken == null) {
            return null;
        }
        this.task = null;
        return taken == task ? submitter : null;
    }
}
