package io.corral.runtime.hook;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.container.Introduction;
import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.thread.Adoption;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

/**
 * Makes a thread a member that was first seen after its start: it attached through JNI, or is older
 * than the agent.
 */
public final class AdoptHook {

    private AdoptHook() {}

    /**
     * Called at the end of the constructors of {@link Thread}, two or three times for each thread.
     * The first virtual thread has its class woven here. A thread that constructs its own
     * {@code Thread} attaches through JNI: the clocks of its native thread may be old, and its
     * account begins with what they say now.
     */
    public static void constructed(Thread thread) {
        if (!Hooks.on) {
            return;
        }
        FirstVirtualThread.constructed(thread);
        if (Thread.currentThread() != thread) {
            return;
        }
        try {
            if (Members.known(thread) == null) {
                link(countedIn(thread, JvmClocks.ownCpuNanos(), JvmClocks.ownAllocatedBytes()));
            }
        } catch (Throwable failure) {
            HookFailures.ADOPT.report(failure);
        }
    }

    private static void link(PlatformMember member) {
        boolean linked = false;
        try {
            member.homeOrRoot().populated();
            linked = Members.link(member);
        } finally {
            if (!linked) {
                // A reader has adopted the thread meanwhile, or there was no memory.
                Adoption.forget(member);
            }
        }
    }

    /** With an agent from the start: charges an unseen thread from its birth. */
    public static PlatformMember fromBirth(Thread thread) {
        return adopt(thread, 0, 0);
    }

    /** With an agent that was loaded later: charges an unseen thread from now on. */
    public static PlatformMember fromNow(Thread thread) {
        long id = Jdk.id(thread);
        return adopt(thread, JvmClocks.cpuNanos(id), JvmClocks.allocatedBytes(id));
    }

    private static PlatformMember adopt(Thread thread, long cpuNanos, long bytes) {
        boolean keepsTasks = Placement.keepsTasks(thread);
        PlatformMember member = countedIn(thread, cpuNanos, bytes);
        boolean ready = false;
        try {
            if (!Placement.isJvm(member.homeOrRoot())) {
                member.oweExitCallbacks();
            }
            if (keepsTasks) {
                member.keepTasks();
            }
            ready = true;
            return member;
        } finally {
            if (!ready) {
                Adoption.forget(member);
            }
        }
    }

    private static PlatformMember countedIn(Thread thread, long cpuNanos, long bytes) {
        Membership home = pinned(Placement.ofAdopted(thread), false);
        PlatformMember member = null;
        try {
            member = new PlatformMember(thread, Jdk.id(thread), home, cpuNanos, bytes);
            return member;
        } finally {
            if (member == null) {
                home.withdraw(false);
            }
        }
    }

    /**
     * For a virtual thread that no hook has seen start, or whose fork hook failed, on its carrier,
     * where it is about to be mounted. Counts it in, by the rules or at the root. It counts as no
     * fork, since that was before; its exit will be seen.
     *
     * @param hasForked whether the thread was made after its class was woven
     */
    static void virtual(Thread thread, VirtualMember member, boolean hasForked) {
        Membership home = pinned(placeBeforeMount(thread), true);
        boolean settled = false;
        try {
            member.settleIn(home);
            settled = true;
        } finally {
            if (!settled) {
                home.withdraw(true);
            }
        }
        // Subsystems that should have been asked at its start, and were not, are not told of its
        // end.
        if (!hasForked && !Placement.isJvm(home)) {
            member.oweExitCallbacks();
        }
        home.populated();
    }

    /** A rule may create a container here, on the carrier. No subsystem is told of it here. */
    private static Membership placeBeforeMount(Thread thread) {
        Introduction.beginMount();
        try {
            return Placement.ofAdoptedVirtual(thread);
        } finally {
            Introduction.endMount();
        }
    }

    /** Counts a thread in at the place, or in what is left of it. */
    private static Membership pinned(Membership place, boolean virtual) {
        Membership home = place;
        while (!home.pin(virtual)) {
            home = home.live();
        }
        return home;
    }
}
