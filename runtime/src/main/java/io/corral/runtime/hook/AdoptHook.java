package io.corral.runtime.hook;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.container.CreationCallbacks;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.thread.AdoptCallbacks;
import io.corral.runtime.thread.Adoption;
import io.corral.runtime.thread.HomeCounts;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

/** Adopts threads: those that attach through JNI, and those that are older than the agent. */
public final class AdoptHook {

    private AdoptHook() {}

    /**
     * Called at the end of the constructors of {@link Thread}, two or three times for each thread.
     * The first virtual thread has its class woven here. A thread that constructs its own
     * {@code Thread} object is attaching through JNI. Its native thread may have used CPU time
     * before, so its meter begins with the current values of its clocks.
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
                Membership home = pinned(Placement.ofNative(thread), false);
                link(memberOf(
                        home, thread, JvmClocks.ownCpuNanos(), JvmClocks.ownAllocatedBytes()));
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
            if (linked) {
                AdoptCallbacks.runLater(member, member.thread());
            }
        } finally {
            if (!linked) {
                // A reader has adopted the thread meanwhile, or there was no memory.
                Adoption.forget(member);
            }
        }
    }

    /**
     * Adopts a platform thread.
     *
     * @param isLate whether the agent was loaded later than the JVM's start: then the thread is
     *     charged from now on, else from its birth
     */
    public static PlatformMember platform(Thread thread, boolean isLate) {
        long id = Jdk.id(thread);
        return isLate
                ? adopt(thread, JvmClocks.cpuNanos(id), JvmClocks.allocatedBytes(id))
                : adopt(thread, 0, 0);
    }

    private static PlatformMember adopt(Thread thread, long cpuNanos, long bytes) {
        boolean chargesTasksToPool = Placement.chargesTasksToPool(thread);
        Membership home = pinned(Placement.ofAdopted(thread), false);
        PlatformMember member = memberOf(home, thread, cpuNanos, bytes);
        boolean ready = false;
        try {
            if (home.belongsToJvm()) {
                member.generation(Member.NEVER);
            }
            if (chargesTasksToPool) {
                member.chargeTasksToPool();
            }
            ready = true;
            return member;
        } finally {
            if (!ready) {
                Adoption.forget(member);
            }
        }
    }

    /** @param home the membership in which the thread is counted */
    private static PlatformMember memberOf(
            Membership home, Thread thread, long cpuNanos, long bytes) {
        PlatformMember member = null;
        try {
            member = new PlatformMember(thread, Jdk.id(thread), home, cpuNanos, bytes);
            return member;
        } finally {
            if (member == null) {
                HomeCounts.leave(home, false);
                home.withdrawAdopted(false);
            }
        }
    }

    /**
     * Adopts a virtual thread that no fork hook has seen, or whose fork hook failed. Runs on the
     * carrier before the mount. The thread is placed by the rules or in the root. It does not count
     * as a fork, but its exit will count.
     */
    static void virtual(Thread thread, VirtualMember member) {
        Membership home = pinned(placeBeforeMount(thread), true);
        boolean settled = false;
        try {
            member.becomeMemberOf(home);
            settled = true;
        } finally {
            if (!settled) {
                HomeCounts.leave(home, false);
                home.withdrawAdopted(true);
            }
        }
        home.populated();
        if (home.belongsToJvm()) {
            member.generation(Member.NEVER);
        } else {
            AdoptCallbacks.runLater(member, thread);
        }
    }

    /**
     * Places the thread by the rules, which may create a container. This runs on the carrier, so
     * subsystems are told of the container later.
     */
    private static Membership placeBeforeMount(Thread thread) {
        CreationCallbacks.beginMount();
        try {
            return Placement.ofAdoptedVirtual(thread);
        } finally {
            CreationCallbacks.endMount();
        }
    }

    /**
     * Counts a thread in at the place, or at its nearest live ancestor, before other threads can
     * move it or see it end.
     */
    private static Membership pinned(Membership place, boolean isVirtual) {
        Membership home = place;
        while (!home.pin()) {
            home = home.live();
        }
        home.totals().countAdoption(isVirtual, 1);
        HomeCounts.adopt(home);
        return home;
    }
}
