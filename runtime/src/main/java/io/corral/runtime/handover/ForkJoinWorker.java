package io.corral.runtime.handover;

import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/**
 * A worker of a fork-join pool. Tasks run within tasks there, which fork and join them: those that its loop runs are told from
 * these by {@link #runsTask}.
 */
public final class ForkJoinWorker extends Worker {

    /**
     * So many sweeps in a row that find nothing, of 20 to 60 ns each, take about as long as leaving a container does where clocks
     * are read.
     */
    static final int SWEEPS = 16;

    private final PlatformMember member;

    /** Of the task that the loop runs. Written where it changes only: G1 has a fence behind it. */
    private Object scope = TaskScope.UNUSED;

    /** Also of one that began before anybody handed over: nobody was told of that. */
    private boolean runsTask = !TaskScope.isUsed();

    /** Begun since the last task that left its scope open. */
    private int sweeps;

    public ForkJoinWorker(PlatformMember member, @Nullable Worker outer) {
        super(outer);
        this.member = member;
    }

    public PlatformMember member() {
        return member;
    }

    /** Whether a task that begins now begins within another, or may do so. */
    public boolean runsTask() {
        return runsTask;
    }

    /** The loop is about to run a task. */
    public void runs() {
        runsTask = true;
    }

    /** That task has a scope. */
    public void opened(Object scope) {
        if (this.scope != scope) {
            this.scope = scope;
        }
    }

    /**
     * That task has come to its end.
     *
     * @return its scope, to be left open, or ended
     */
    public Object ran() {
        runsTask = false;
        sweeps = 0;
        return scope;
    }

    /**
     * The loop begins to look through the pool's queues. Mostly it finds a task at once, or waits. But while another worker has
     * taken a task and has not said so yet, it begins again and again, and if that one has lost its processor just then,
     * for milliseconds.
     */
    public void sweeps() {
        if (hasLeftOpen() && ++sweeps > SWEEPS) {
            closeLeft();
        }
    }

    /** The loop has found no task, and is about to wait. */
    public void waits() {
        closeLeft();
        runsTask = false;
    }

    /** See {@link Worker#closeLeft}. */
    public void closeLeft() {
        closeLeft(member);
    }
}
