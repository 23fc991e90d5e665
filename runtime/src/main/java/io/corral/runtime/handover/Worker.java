package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.ScopeFrame;

import org.jspecify.annotations.Nullable;

/**
 * A thread that runs tasks for a pool, one after the other. The scope of the task before stays open for the next from the same
 * container, until the worker would wait for one. Touched by the worker alone.
 */
public abstract class Worker {

    /** Where this one works within a task of another pool: the worker that runs that. */
    public final @Nullable Worker outer;

    /** The scope that was left open last. */
    private @Nullable ScopeFrame left;

    /** Whether that scope is open, and no task runs in it. */
    private boolean isLeftOpen;

    Worker(@Nullable Worker outer) {
        this.outer = outer;
    }

    final boolean hasLeftOpen() {
        return isLeftOpen;
    }

    /**
     * Behind a task: leaves its scope open for the next, unless somebody would have to be told
     * that it is closed. What taking out the next costs is then charged to the container of this one. (A switch out of it and one
     * back again are 120 ns or, if clocks are read, up to 1,800.)
     *
     * @param scope what {@link TaskScope#begin} has returned
     * @return false if it is to be ended
     */
    public final boolean leavesOpen(Member member, Object scope) {
        if (!(scope instanceof ScopeFrame frame) || !member.canStayIn(frame)) {
            return false;
        }
        if (left != frame) {
            left = frame;
        }
        isLeftOpen = true;
        return true;
    }

    /**
     * Before a task: the scope that was left open, if that leads to where this task comes from. Else it is closed.
     *
     * @param submitter where the task comes from, or null
     * @return for {@link TaskScope#end}, or null if the task's scope has to be opened
     */
    public final @Nullable Object goesOn(Member member, @Nullable Membership submitter) {
        ScopeFrame open = left;
        if (!isLeftOpen || open == null) {
            return null;
        }
        if (submitter != null && !submitter.isRetired() && open.leadsTo(submitter)) {
            isLeftOpen = false;
            return open;
        }
        closeLeft(member);
        return null;
    }

    /** What the worker does from now on is the pool's, or another container's. Within a task there is nothing to close. */
    public final void closeLeft(Member member) {
        ScopeFrame open = left;
        if (isLeftOpen && open != null) {
            isLeftOpen = false;
            member.closeUntold(open);
        }
    }
}
