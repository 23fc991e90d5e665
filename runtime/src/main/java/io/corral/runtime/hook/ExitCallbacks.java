package io.corral.runtime.hook;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.subsystem.Subsystems;
import io.corral.runtime.thread.CallbackQueue;
import io.corral.runtime.thread.CallbackQueues;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/**
 * Runs the exit callbacks of one thread: on that thread, on the starter if the start failed, or on
 * the background thread. On each of them the current container is the root.
 */
final class ExitCallbacks implements Runnable {

    private final Member member;
    private final Thread thread;
    private final Membership home;
    private final @Nullable CallbackQueue used;

    private ExitCallbacks(
            Member member, Thread thread, Membership home, @Nullable CallbackQueue used) {
        this.member = member;
        this.thread = thread;
        this.home = home;
        this.used = used;
    }

    /** @param used the result of {@link CallbackQueues#forExit} before the thread left its home */
    static void run(Member member, Thread thread, Membership home, @Nullable CallbackQueue used) {
        CallbackQueues.runBeforeExit(member, thread, home, used);
        if (areDue(member)) {
            tell(member, thread, home);
        }
    }

    /** Runs them on the background thread, perhaps after {@code join} has returned. */
    static void runLater(
            Member member, Thread thread, Membership home, @Nullable CallbackQueue used) {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null && !Subsystems.registered().isEmpty()) {
            notifier.later(new ExitCallbacks(member, thread, home, used));
        }
    }

    private static boolean areDue(Member member) {
        return member.generation() != Member.NONE && ForkCallbacks.haveExitCallbacks();
    }

    @Override
    public void run() {
        run(member, thread, home, used);
    }

    private static void tell(Member member, Thread thread, Membership home) {
        Member current = Members.currentOrNull();
        if (current == null) {
            // This is the ending thread itself.
            ForkCallbacks.exit(member.generation(), thread, home);
        } else {
            tellOnAnotherThread(current, member, thread, home);
        }
    }

    private static void tellOnAnotherThread(
            Member current, Member member, Thread thread, Membership home) {
        boolean outermost = current.enterHook();
        current.enterExitCallbacks();
        try {
            ForkCallbacks.exit(member.generation(), thread, home);
        } finally {
            current.leaveExitCallbacks();
            if (outermost) {
                current.leaveHook();
            }
        }
    }
}
