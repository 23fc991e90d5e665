package io.corral.runtime.hook;

import io.corral.ForkRefusedException;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.thread.ExplicitStarts;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

import org.jspecify.annotations.Nullable;

/** A thread is about to start. Runs on the parent. */
public final class ForkHook {

    private ForkHook() {}

    /**
     * Stands in {@code Thread.start} where {@code start0()} was called, behind the check that the
     * thread is new.
     *
     * @throws ForkRefusedException if a subsystem refused; the thread stays new
     * @throws StackOverflowError at the bottom of the parent's stack; nothing is counted
     */
    public static void platform(Thread child) {
        if (!Hooks.on) {
            start0(child);
            return;
        }
        ContainerNode target = ExplicitStarts.take(child);
        long began = OwnCost.begin(Jdk.id(child));
        PlatformMember member = forkPlatform(child, target);
        try {
            OwnCost.end(began);
            start0(child);
        } catch (Throwable failure) {
            if (member != null) {
                ExitHook.failedToStart(member, child);
            }
            throw failure;
        }
    }

    private static void start0(Thread child) {
        ThreadAccess threads = Jdk.THREADS;
        if (threads == null) {
            throw new IllegalStateException("woven without access to Thread.start0");
        }
        threads.start0(child);
    }

    /** @return null if the hook failed: the thread starts all the same, as a stranger */
    private static @Nullable PlatformMember forkPlatform(
            Thread child, @Nullable ContainerNode target) {
        try {
            Member parent = Members.currentOrNull();
            Membership home = Placement.ofPlatform(child, Fork.from(parent), target);
            while (!Fork.pin(home, false, target)) {
                home = Placement.ofPlatform(child, Fork.from(parent).live(), target);
            }
            PlatformMember member = null;
            boolean begun = false;
            try {
                member = newMember(child, home);
                Fork.begin(parent, child, member);
                begun = true;
            } finally {
                if (!begun) {
                    Fork.undo(member, home, false);
                }
            }
            try {
                // Before it runs: it may be moved, or end, sooner than this thread comes back.
                Notices.forked(child, home, target != null, false);
            } catch (StackOverflowError exhausted) {
                // It is counted, and starts.
            }
            return member;
        } catch (ForkRefusedException | ContainerRemovedException | StackOverflowError refused) {
            throw refused;
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
            return null;
        }
    }

    private static PlatformMember newMember(Thread child, Membership home) {
        PlatformMember member = new PlatformMember(child, Jdk.id(child), home, 0, 0);
        if (Placement.keepsTasks(child)) {
            member.keepTasks();
        }
        return member;
    }

    /**
     * Stands in {@code VirtualThread.start} before the first run is submitted, inside the JDK's own
     * {@code try}: what is thrown here ends the thread as a scheduler's rejection does.
     *
     * @throws ForkRefusedException if a subsystem refused
     */
    public static void virtual(Thread child, @Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        VirtualMember member = AdoptHook.memberOf(child, runContinuation);
        if (member == null) {
            return;
        }
        long began = OwnCost.begin(Jdk.id(child));
        try {
            VirtualSelfCheck.forked(child, member);
            ContainerNode target = ExplicitStarts.take(child);
            Member parent = Members.currentOrNull();
            Membership home = Placement.ofVirtual(child, Fork.from(parent), target);
            while (!Fork.pin(home, true, target)) {
                home = Placement.ofVirtual(child, Fork.from(parent).live(), target);
            }
            boolean begun = false;
            try {
                member.settleIn(home);
                Fork.begin(parent, child, member);
                begun = true;
            } finally {
                if (!begun) {
                    Fork.undo(member, home, true);
                }
            }
            Notices.forked(child, home, target != null, true);
            OwnCost.end(began);
        } catch (ForkRefusedException | ContainerRemovedException | StackOverflowError refused) {
            throw refused;
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
        }
    }

    /** Stands at the end of {@code VirtualThread.start}: the start has succeeded. */
    public static void virtualStarted(Thread child, @Nullable Runnable runContinuation) {
        if (Hooks.on && runContinuation instanceof VirtualMember member) {
            VirtualSelfCheck.started(member);
        }
    }
}
