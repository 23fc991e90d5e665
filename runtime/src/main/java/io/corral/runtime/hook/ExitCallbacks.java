package io.corral.runtime.hook;

import io.corral.runtime.container.Membership;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

/**
 * Runs the exit callbacks of one thread: on that thread, on the starter if the start failed, or on
 * the background thread. On each of them the current container is the root.
 */
final class ExitCallbacks implements Runnable {

    private final Thread thread;
    private final Membership home;

    private ExitCallbacks(Thread thread, Membership home) {
        this.thread = thread;
        this.home = home;
    }

    static void run(Member member, Thread thread, Membership home) {
        if (areDue(member)) {
            run(thread, home);
        }
    }

    /** Runs them on the background thread, perhaps after {@code join} has returned. */
    static void runLater(Member member, Thread thread, Membership home) {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null && areDue(member)) {
            notifier.later(new ExitCallbacks(thread, home));
        }
    }

    private static boolean areDue(Member member) {
        return member.exitCallbacksOwed() && ForkCallbacks.haveExitCallbacks();
    }

    @Override
    public void run() {
        run(thread, home);
    }

    private static void run(Thread thread, Membership home) {
        Member current = Members.currentOrNull();
        if (current == null) {
            // This is the ending thread itself.
            ForkCallbacks.exit(thread, home);
        } else {
            runOnAnotherThread(current, thread, home);
        }
    }

    private static void runOnAnotherThread(Member current, Thread thread, Membership home) {
        boolean outermost = current.enterHook();
        current.enterExitCallbacks();
        try {
            ForkCallbacks.exit(thread, home);
        } finally {
            current.leaveExitCallbacks();
            if (outermost) {
                current.leaveHook();
            }
        }
    }
}
