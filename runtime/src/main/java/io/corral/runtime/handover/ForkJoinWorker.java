package io.corral.runtime.handover;

import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.Worker;

import org.jspecify.annotations.Nullable;

/**
 * A worker of a fork-join pool. A task may fork others and run them when it joins them; only those
 * that the worker's loop runs can leave a scope open.
 */
public final class ForkJoinWorker extends Worker {

    /**
     * The number of scans in a row without a task after which the scope is closed. A scan takes 20
     * to 60 ns. This many take about as long as to leave a container with a reading of the CPU
     * clock.
     */
    static final int MAX_SCANS = 16;

    private final PlatformMember member;

    /** The scope of the loop's task. Written only where it changes: a fence follows under G1. */
    private Object scope = TaskScope.BEFORE_HAND_OVER;

    /**
     * Whether a task of the loop is running. True at first if a task may have begun before
     * hand-over was on.
     */
    private boolean runsTask = !HandOverFlag.isOn();

    /** The number of scans since the last task that left its scope open. */
    private int scans;

    /** Null if no task that the worker has forked has an entry, or if tasks have a field. */
    private @Nullable ForkedTasks forked;

    public ForkJoinWorker(PlatformMember member, @Nullable Worker outer) {
        super(outer);
        this.member = member;
    }

    public PlatformMember member() {
        return member;
    }

    /** Whether a task that begins now may begin within another task. */
    public boolean runsTask() {
        return runsTask;
    }

    /** The loop is about to run a task. */
    public void taskBegins() {
        runsTask = true;
    }

    /** The loop's task has a scope. */
    public void scopeOpened(Object scope) {
        if (this.scope != scope) {
            this.scope = scope;
        }
    }

    /**
     * The loop's task has ended.
     *
     * @return its scope, to be left open, or ended
     */
    public Object taskEnded() {
        runsTask = false;
        scans = 0;
        return scope;
    }

    /**
     * The loop begins to scan the queues. Usually it then finds a task or waits. But if another
     * worker has taken a task and has not signalled it yet, the loop scans again, for milliseconds
     * if that worker is descheduled.
     */
    public void scans() {
        if (hasLeftOpen() && ++scans > MAX_SCANS) {
            closeLeft();
        }
    }

    /** The loop has found no task, and is about to wait. */
    public void waits() {
        closeLeft();
        if (forked != null && forked.closeIfEmpty()) {
            forked = null;
        }
        runsTask = false;
    }

    /** The loop ends. */
    public void ends() {
        closeLeft();
        if (forked != null) {
            forked.close();
            forked = null;
        }
    }

    public @Nullable ForkedTasks forked() {
        return forked;
    }

    /** As {@link ForkedTasks#add}. */
    public boolean forks(Object task, Object submitter) {
        ForkedTasks open = forked;
        if (open == null) {
            open = ForkedTasks.open();
            forked = open;
        }
        return open.add(task, submitter);
    }

    public void closeLeft() {
        closeLeft(member);
    }
}
