package io.corral.runtime.hook;

import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A thread is about to end: settle, unlink, tell. Idempotent, since the JVM may come again. */
public final class ExitHook {

    /** Platform threads that ended; each burns some more CPU after its last reading. */
    private static final AtomicLong PLATFORM_EXITS = new AtomicLong();

    private ExitHook() {}

    public static long platformExits() {
        return PLATFORM_EXITS.get();
    }

    /**
     * Stands in {@code Thread.exit}, after the JDK has popped its scopes and before anyone who waits
     * can see the end. Runs on the ending thread.
     */
    public static void platform(Thread thread) {
        if (!Hooks.on) {
            return;
        }
        try {
            PlatformMember member = Members.ofPlatform(thread);
            long began = OwnCost.begin(Jdk.id(thread));
            if (member != null && member.meter().close()) {
                PLATFORM_EXITS.getAndIncrement();
                Members.markEnded(member);
                try {
                    moveOut(member, thread);
                } finally {
                    // Callbacks may take their time. Who is still linked is not taken for a
                    // stranger.
                    Members.markEnded(member);
                    Members.unlink(member);
                }
                OwnCost.end(began);
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    private static void moveOut(PlatformMember member, Thread thread) {
        Membership home = member.moveOut();
        if (home != null) {
            countOut(member, thread, home);
        }
    }

    /**
     * Stands at the entry of {@code VirtualThread.afterDone}, before the state says {@code
     * TERMINATED}. Runs on the carrier, after the last unmount; on the parent if the start failed.
     */
    @ReservedStack
    public static void virtual(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on || !(runContinuation instanceof VirtualMember member)) {
            return;
        }
        try {
            long began = OwnCost.begin(Jdk.id(thread));
            Membership home = member.moveOut();
            if (home != null) {
                countOut(member, thread, home);
                OwnCost.end(began);
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    /** On the parent: the JVM could not start the thread, whose fork was counted and told. */
    @ReservedStack
    static void failedToStart(PlatformMember member, Thread thread) {
        try {
            member.meter().abandon();
            try {
                moveOut(member, thread);
            } finally {
                // It is not said to have ended: it is new, and may be started again.
                Members.unlink(member);
            }
        } catch (Throwable failure) {
            HookFailures.EXIT.report(failure);
        }
    }

    private static void countOut(Member member, Thread thread, Membership home) {
        home.totals().countExit();
        home.unpin(member.isVirtual());
        try {
            if (member.exitCallbacksOwed() && ForkCallbacks.tellsExits()) {
                tell(thread, home);
            }
            Notices.exited(thread, member, home);
        } finally {
            home.emptied();
        }
    }

    /** On a carrier, or on a parent whose start failed, the callbacks find what an ending thread does. */
    private static void tell(Thread thread, Membership home) {
        Member teller = Members.currentOrNull();
        if (teller == null) {
            ForkCallbacks.exit(thread, home);
            return;
        }
        boolean outermost = teller.enterHook();
        teller.runsExitCallbacks(true);
        try {
            ForkCallbacks.exit(thread, home);
        } finally {
            teller.runsExitCallbacks(false);
            if (outermost) {
                teller.leaveHook();
            }
        }
    }
}
