package io.corral.runtime.thread;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.subsystem.MoveCallbacks;

import org.jspecify.annotations.Nullable;

/**
 * A thread that runs one task after another for a pool. It leaves a task's scope open for the next
 * task of the same container, and closes it before it waits. To leave a container and enter it
 * again takes 120 ns, or up to 1,800 where CPU clocks are read. Accessed by that thread only.
 */
public abstract class Worker {

    /** The worker that runs the task within which this worker runs, or null. */
    public final @Nullable Worker outer;

    /** The scope that the last task left open. */
    private @Nullable ScopeFrame left;

    /** Whether that scope is open, and no task runs in it. */
    private boolean isLeftOpen;

    protected Worker(@Nullable Worker outer) {
        this.outer = outer;
    }

    public final boolean hasLeftOpen() {
        return isLeftOpen;
    }

    /**
     * Called after a task: leaves its scope open, unless a subsystem follows switches. What the
     * worker uses until its next task is then charged to this task's container.
     *
     * @param scope the scope of the task
     * @return false if the caller must end the scope
     */
    public final boolean leavesOpen(Member member, Object scope) {
        if (!(scope instanceof ScopeFrame frame) || !canStayOpen(member, frame)) {
            return false;
        }
        if (left != frame) {
            left = frame;
        }
        isLeftOpen = true;
        return true;
    }

    /**
     * Whether an outermost scope may stay open between two tasks. It may not if a subsystem follows
     * switches, or if the scope is measured.
     */
    private static boolean canStayOpen(Member member, ScopeFrame frame) {
        return member.hasOnly(frame)
                && !frame.isMeasured()
                && member.canPutOffSwitch()
                && !MoveCallbacks.haveSwitchedCallbacks();
    }

    /**
     * Called before a task: continues in the scope that was left open if it leads to the task's
     * submitter, else closes it.
     *
     * @param submitter null if the task took no container along
     * @return the scope of the task; null if the task needs a new one
     */
    public final @Nullable ScopeFrame continues(Member member, @Nullable Membership submitter) {
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
    public final void closeLeft(Member member) {
        ScopeFrame open = left;
        if (isLeftOpen && open != null) {
            isLeftOpen = false;
            if (Switches.areObserved()) {
                Scopes.leave(member, open);
            } else {
                Scopes.closeSilently(member, open);
            }
        }
    }
}
