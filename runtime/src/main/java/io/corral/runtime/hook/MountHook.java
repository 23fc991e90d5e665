package io.corral.runtime.hook;

import io.corral.runtime.control.FairThreads;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.QueuedVirtualMember;
import io.corral.runtime.thread.VirtualMember;
import io.corral.runtime.thread.VirtualMembers;

import org.jspecify.annotations.Nullable;

/** The hooks where a virtual thread gets its member, is mounted and is unmounted. */
public final class MountHook {

    private MountHook() {}

    /**
     * Called in the constructor of {@code VirtualThread}, before {@code runContinuation} is stored.
     *
     * @return what to store: a member that runs {@code runContinuation}
     */
    public static Runnable constructed(Runnable runContinuation) {
        VirtualMember member = VirtualMembers.around(runContinuation);
        return member == null ? runContinuation : member;
    }

    /**
     * Called at the entry of the methods of {@code VirtualThread} that give it to its scheduler.
     *
     * @return whether the method must return, since the thread is in a run queue
     */
    public static boolean queued(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return false;
        }
        try {
            return FairThreads.isOn()
                    && runContinuation instanceof VirtualMember member
                    && FairThreads.queue(thread, member);
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
            return false;
        }
    }

    /**
     * Called where {@code VirtualThread} gives {@code runContinuation} to its scheduler, if queued
     * time is measured. It may run in any code of the JDK, so it needs less stack than the
     * submission.
     */
    public static void submitted(@Nullable Runnable runContinuation) {
        if (runContinuation instanceof QueuedVirtualMember member) {
            member.ready();
        }
    }

    /**
     * As {@link #submitted(Runnable)}, on a JDK whose carriers run the ends of timeouts.
     *
     * @param unblocked whether the thread was blocked on a monitor until now
     * @param timeout of its last park or wait; null if it had none
     */
    public static void submitted(
            @Nullable Runnable runContinuation, boolean unblocked, @Nullable Object timeout) {
        if (runContinuation instanceof QueuedVirtualMember member) {
            if (unblocked) {
                member.ready();
            } else {
                member.readySince(timeout, TaskHook.takeSubmission(timeout));
            }
        }
    }

    /**
     * Called in {@code VirtualThread.runContinuation}, after the checks that the thread may run and
     * before its {@code mount}. Runs on the carrier.
     */
    public static void mount(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        try {
            if (runContinuation instanceof VirtualMember member && member.isKnown()) {
                mount(member);
            } else {
                adopt(thread, runContinuation);
            }
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }

    /**
     * Adopts a thread that was made before its class was woven, or whose fork hook failed. No other
     * mount of it can be in progress. (In this mount its carrier runs the JDK's own object, and the
     * member from the next mount on.)
     */
    private static void adopt(Thread thread, @Nullable Runnable runContinuation) {
        VirtualMember member = null;
        boolean adopted = false;
        try {
            member = VirtualMembers.installed(thread, runContinuation);
            if (member != null) {
                AdoptHook.virtual(thread, member);
                adopted = true;
            }
        } finally {
            if (!adopted) {
                // The next mount tries again. Until then the carrier is charged.
                mountWithoutMember();
            }
        }
        if (member != null) {
            mount(member);
        }
    }

    private static void mount(VirtualMember member) {
        member.mount(carrier());
        VirtualSelfCheck.mounted(member);
    }

    /** Charges the carrier's home while a thread without a member is mounted. */
    private static void mountWithoutMember() {
        PlatformMember carrier = carrier();
        if (carrier != null) {
            carrier.meter().switchTo(carrier);
        }
    }

    private static @Nullable PlatformMember carrier() {
        return Members.ofPlatform(Thread.currentThread());
    }

    /**
     * Called in {@code VirtualThread.runContinuation}, after its {@code unmount}, and before its
     * state becomes yielded or parked: from then on another carrier may run it. Runs on the
     * carrier.
     */
    public static void dismount(@Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        try {
            if (runContinuation instanceof VirtualMember member) {
                member.dismount();
            }
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }
}
