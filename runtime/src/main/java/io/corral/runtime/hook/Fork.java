package io.corral.runtime.hook;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.subsystem.Subsystems;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import org.jspecify.annotations.Nullable;

/** The steps of a fork, the same for both kinds of thread. On the parent. */
final class Fork {

    private Fork() {}

    /** Where the parent works now: one read, so that a concurrent attach gives the old or the new. */
    static Membership from(@Nullable Member parent) {
        return parent == null ? Trees.ROOT : Members.currentWorking();
    }

    /**
     * Counts a child in.
     *
     * @param target where the child is started directly, or null
     * @return false if one was removed: nothing is counted, place again
     * @throws io.corral.runtime.container.ContainerRemovedException if {@code target} was removed
     */
    static boolean pin(Membership home, boolean virtual, @Nullable ContainerNode target) {
        if (home.pin(virtual)) {
            return true;
        }
        if (target != null) {
            target.checkLive("start a thread in");
        }
        return false;
    }

    /** Asks, links, and tells. If anything is thrown, the caller must {@link #undo}. */
    static void begin(@Nullable Member parent, Thread child, Member member) {
        Membership home = member.homeOrRoot();
        // A thread past its exit hook starts others in exit callbacks only.
        Member starter = parent == null ? Members.unseenOrNull() : parent;
        boolean outermost = starter != null && starter.enterHook();
        try {
            boolean told = outermost && !Placement.isJvm(home);
            Subsystems asked = Subsystems.registered();
            if (told) {
                ForkCallbacks.canFork(asked, child, home);
                // At once: who has consented is told of the end, though there be no stack left to
                // tell of the fork.
                member.oweExitCallbacks();
            }
            try {
                if (member instanceof PlatformMember platform) {
                    Members.link(platform);
                }
                home.totals().countFork();
            } catch (StackOverflowError doesNotStart) {
                // After another failure it starts as a stranger, and its end is told of.
                if (told) {
                    ForkCallbacks.cancelFork(asked, child, home);
                }
                throw doesNotStart;
            }
            try {
                tell(child, home, told);
            } catch (StackOverflowError exhausted) {
                // It is counted, and starts.
            }
        } finally {
            if (outermost && starter != null) {
                starter.leaveHook();
            }
        }
    }

    private static void tell(Thread child, Membership home, boolean told) {
        try {
            home.populated();
            if (told) {
                ForkCallbacks.fork(child, home);
            }
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
        }
    }

    /** Takes back {@link #pin}. */
    @ReservedStack
    static void undo(@Nullable Member member, Membership home, boolean virtual) {
        // First of all it is nowhere, so that no exit hook counts it out once more. (Who attaches a
        // virtual thread as early as this has moved the pin.)
        Membership was = member == null ? null : member.forgetHome();
        if (member instanceof PlatformMember platform) {
            Members.unlink(platform);
        }
        try {
            (was == null ? home : was).withdraw(virtual);
        } catch (Throwable exhausted) {
            HookFailures.EXIT.report(exhausted);
        }
    }
}
