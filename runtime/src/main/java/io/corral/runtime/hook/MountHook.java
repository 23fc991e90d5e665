package io.corral.runtime.hook;

import io.corral.runtime.membership.MeteredVirtualMember;
import io.corral.runtime.membership.VirtualMember;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/** A virtual thread gets its member, and is mounted. (Its dismount is the end of the member's run.) */
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
    public static void mount(@Nullable Runnable runContinuation) {
        if (!Hooks.on) {
            return;
        }
        try {
            if (runContinuation instanceof VirtualMember member && member.home() != null) {
                member.mount();
                VirtualSelfCheck.mounted(member);
            }
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }
}
