package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.ScopeFrame;

import org.jspecify.annotations.Nullable;

/**
 * A thread that runs one task after another for a pool. It leaves a task's scope open for the next
 * task of the same container, and closes it before it waits. To leave a container and enter it
 * again takes 120 ns, or up to 1,800 where CPU clocks are read. Accessed by that thread only.
 */
abstract class Worker {

    /** The worker that runs the task within which this worker runs, or null. */
    final @Nullable Worker outer;

    /** The scope that the last task left open. */
    private @Nullable ScopeFrame left;

    /** Whether that scope is open, and no task runs in it. */
    private boolean isLeftOpen;

    Worker(@Nullable Worker outer) {
        this.outer = outer;
    }

    /** The innermost worker on the calling thread; null if the thread works for no pool. */
    static @Nullable Worker of(PlatformMember member) {
        return member.worker() instanceof Worker worker ? worker : null;
    }

    final boolean hasLeftOpen() {
        return isLeftOpen;
    }

    /**
     * Called after a task: leaves its scope open, unless a subsystem or an observer follows
     * switches. What the worker uses until its next task is then charged to this task's container.
     *
     * @param scope the result of {@link TaskScope#begin}
     * @return false if the caller must end the scope
     */
    final boolean leavesOpen(Member member, Object scope) {
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
     * Called before a task: continues in the scope that was left open if it leads to the task's
     * submitter, else closes it.
     *
     * @param submitter null if the task took no container along
     * @return for {@link TaskScope#end}; null if the task needs a new scope
     */
    final @Nullable Object continues(Member member, @Nullable Membership submitter) {
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

    /** Closes the scope that was left open, if there is one. */
    final void closeLeft(Member member) {
        ScopeFrame open = left;
        if (isLeftOpen && open != null) {
            isLeftOpen = false;
            member.closeSilently(open);
        }
    }
}
