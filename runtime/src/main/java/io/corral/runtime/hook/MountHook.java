package io.corral.runtime.hook;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.MeteredVirtualMember;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

import org.jspecify.annotations.Nullable;

/** A virtual thread gets its member, is mounted, and dismounted. */
public final class MountHook {

    private MountHook() {}

    /**
     * Stands in the constructor of {@code VirtualThread}, before {@code runContinuation} is stored.
     *
     * @return what to store: a member that runs {@code runContinuation}
     */
    public static Runnable constructed(Runnable runContinuation) {
        try {
            Observer observer = Observer.Current.observer;
            return observer != null && observer.observesVirtualExits()
                    ? new MeteredVirtualMember(runContinuation)
                    : new VirtualMember(runContinuation);
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
            return runContinuation;
        }
    }

    /**
     * Stands in {@code VirtualThread.runContinuation}, behind the checks that the thread may run and
     * before its {@code mount}. Runs on the carrier.
     */
    public static void mount(Thread thread, @Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        try {
            if (runContinuation instanceof VirtualMember member && member.isKnown()) {
                member.mount();
                VirtualSelfCheck.mounted(member);
            } else {
                adopt(thread, runContinuation);
            }
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }

    /**
     * A thread that was there before its class was woven, or whose fork hook failed, runs, and no other mount of it can be under
     * way. (What its carrier runs this time is the JDK's own object, from the next time on it is the member.)
     */
    private static void adopt(Thread thread, @Nullable Runnable runContinuation) {
        VirtualMember member = null;
        try {
            member = AdoptHook.virtual(thread, runContinuation);
        } finally {
            if (member == null) {
                strange();
            }
        }
        if (member != null) {
            member.mount();
            VirtualSelfCheck.mounted(member);
        }
    }

    /** A thread that nobody counts: its carrier works for itself. */
    private static void strange() {
        PlatformMember carrier = Members.ofPlatform(Thread.currentThread());
        if (carrier != null) {
            carrier.meter().switchTo(carrier);
        }
    }

    /**
     * Stands in {@code VirtualThread.runContinuation}, behind its {@code unmount}, and before the thread
     * is said to be yielded or parked: from then on another carrier may take it up. Runs on the carrier.
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
