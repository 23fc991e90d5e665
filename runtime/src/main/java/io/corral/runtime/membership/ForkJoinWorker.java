package io.corral.runtime.membership;

import org.jspecify.annotations.Nullable;

/**
 * A worker of a fork-join pool. Tasks run within tasks there, which fork and join them: those that its loop runs are told from
 * these by {@link #runsTask}.
 */
public final class ForkJoinWorker extends Worker {

    private final PlatformMember member;

    /** Of the task that the loop runs. Written where it changes only: G1 has a fence behind it. */
    private Object scope = TaskScope.UNUSED;

    private boolean runsTask;

    ForkJoinWorker(PlatformMember member, @Nullable Worker outer) {
        super(outer);
        this.member = member;
    }

    /** Whether a task that begins now begins within another. */
    public boolean runsTask() {
        return runsTask;
    }

    /**
     * The loop runs a task.
     *
     * @param scope of the task, open
     */
    public void runs(Object scope) {
        if (this.scope != scope) {
            this.scope = scope;
        }
        runsTask = true;
    }

    /** That task has come to its end. */
    public void ran() {
        runsTask = false;
        if (!leavesOpen(member, scope)) {
            TaskScope.end(member, scope);
        }
    }

    /** It is about to wait, or to end: what it does from now on is the pool's. */
    public void closeLeft() {
        closeLeft(member);
    }
}
