package io.corral.runtime.hook;

import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.CallbackQueue;
import io.corral.runtime.thread.CallbackQueues;
import io.corral.runtime.thread.HomeCounts;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformCounts;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

import org.jspecify.annotations.Nullable;

/**
 * The steps of a thread's end: settle, unlink, run the exit callbacks, drop references. Each step
 * is idempotent, since the JVM may call a woven method again.
 */
public final class ExitHook {

    private ExitHook() {}

    /**
     * Called in {@code Thread.exit}, after the JDK has popped its scopes and before a thread that
     * waits can see the end. Runs on the ending thread.
     */
    public static void platform(Thread thread) {
        if (!Hooks.on) {
            return;
        }
        try {
            PlatformMember member = Members.ofPlatform(thread);
            long began = OwnCost.begin(Jdk.id(thread));
            if (member != null && member.meter().close()) {
                PlatformCounts.countExit();
                Members.markEnded(member);
                try {
                    exit(member, thread, CallbackQueues.forExit(member, thread));
                } finally {
                    // The thread is unlinked after the callbacks, which may take long: while it is
                    // linked, it is not adopted.
                    Members.markEnded(member);
                    Members.unlink(member);
                }
                OwnCost.end(began);
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    /**
     * Runs on the starter if the JVM could not start the thread, whose fork was counted and
     * reported.
     */
    @ReservedStack
    static void failedToStart(PlatformMember member, Thread thread) {
        try {
            member.meter().abandon();
            try {
                // The thread has not run, so it has no open scope.
                exit(member, thread, null);
            } finally {
                // The thread is not marked as ended, since it is new and may be started again.
                Members.unlink(member);
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    private static void exit(PlatformMember member, Thread thread, @Nullable CallbackQueue queue) {
        Membership home = countOut(member);
        if (home != null) {
            try {
                ExitCallbacks.run(member, thread, home, queue);
                Notices.exited(thread, member, home);
            } finally {
                home.emptied();
            }
        }
    }

    /**
     * Called in {@code VirtualThread.run} after each {@code StackableScope.popAll()}. Runs on the
     * ending thread itself, which is still mounted, so that an exit callback may lock and park.
     * What it uses from now on is charged to its last home.
     */
    public static void virtual(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on || !(runContinuation instanceof VirtualMember member)) {
            return;
        }
        try {
            CallbackQueue queue = CallbackQueues.forExit(member, thread);
            Membership home = countOutTimed(member, thread);
            if (home != null) {
                try {
                    ExitCallbacks.run(member, thread, home, queue);
                    Notices.ending(thread);
                } finally {
                    home.emptied();
                }
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    /** The time excludes callbacks, which belong to the application and may park. */
    @ReservedStack
    private static @Nullable Membership countOutTimed(VirtualMember member, Thread thread) {
        long began = OwnCost.begin(Jdk.id(thread));
        Membership home = countOut(member);
        OwnCost.end(began);
        return home;
    }

    /**
     * Called at the entry of {@code VirtualThread.afterDone}, before the state says
     * {@code TERMINATED}. Runs on the carrier, after the last unmount; on the starter if the start
     * failed. Completes the exit, and counts out a thread that did not pass {@link #virtual}: one
     * whose start failed, one that ran before the agent was loaded, or one without stack left.
     */
    @ReservedStack
    public static void virtualDone(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on || !(runContinuation instanceof VirtualMember member)) {
            return;
        }
        try {
            member.waitDropped();
            CallbackQueue queue = member.hasRun() ? CallbackQueues.forExit(member, thread) : null;
            Membership missed = countOut(member);
            Membership home = member.releaseLastHome();
            if (home == null) {
                return;
            }
            try {
                if (missed != null) {
                    runMissedCallbacks(member, thread, home, queue);
                }
                Notices.exited(thread, member, home);
            } finally {
                if (missed != null) {
                    home.emptied();
                }
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    /**
     * Runs the callbacks on another thread than the carrier, since a callback may wait for a lock
     * of a thread that waits for this carrier.
     */
    private static void runMissedCallbacks(
            VirtualMember member, Thread thread, Membership home, @Nullable CallbackQueue queue) {
        if (member.hasRun() || JvmPlaces.isCarrier(Thread.currentThread())) {
            ExitCallbacks.runLater(member, thread, home, queue);
        } else {
            ExitCallbacks.run(member, thread, home, queue);
        }
    }

    /**
     * @return the home that the thread has left; null if it was counted out before, or was never
     *     counted in
     */
    private static @Nullable Membership countOut(Member member) {
        Membership home = member.moveOut();
        if (home != null) {
            home.countExit(member.isVirtual());
            HomeCounts.leave(home, member.isExcess());
            home.unpin();
        }
        return home;
    }
}
