package io.corral.runtime.hook;

import io.corral.runtime.accounting.JvmThreadClock;
import io.corral.runtime.container.Membership;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

import org.jspecify.annotations.Nullable;

/** Threads that begin outside: they attach through JNI, or were there before the agent. */
public final class AdoptHook {

    private AdoptHook() {}

    /**
     * Stands at the end of the constructors of {@link Thread}. A virtual thread has its class woven here if it is the first. A
     * thread that constructs its own {@code Thread} is attaching through JNI; the clocks of its native thread may be old, and
     * what they say now is where its account begins. Comes two or three times for each.
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
                JvmThreadClock clock = new JvmThreadClock(Jdk.id(thread));
                link(counted(thread, clock.ownCpuNanos(), clock.ownAllocatedBytes()));
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
                // A reader has adopted it meanwhile, or there was no memory.
                Members.forget(member);
            }
        }
    }

    /** With an agent from the start, a thread that was born unseen is charged from its birth. */
    public static PlatformMember fromBirth(Thread thread) {
        return adopt(thread, 0, 0);
    }

    /** With an agent that came late, from now on. */
    public static PlatformMember fromNow(Thread thread) {
        JvmThreadClock clock = new JvmThreadClock(Jdk.id(thread));
        return adopt(thread, clock.cpuNanos(), clock.smallerAllocatedBytes());
    }

    private static PlatformMember adopt(Thread thread, long cpuNanos, long bytes) {
        boolean keepsTasks = Placement.keepsTasks(thread);
        PlatformMember member = counted(thread, cpuNanos, bytes);
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
                Members.forget(member);
            }
        }
    }

    /** A member where a stranger belongs, counted in. */
    private static PlatformMember counted(Thread thread, long cpuNanos, long bytes) {
        Membership home = pinned(Placement.ofStranger(thread), false);
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
     * Of a virtual thread that no hook has seen start, or whose fork hook failed, on its carrier, where it is about to be
     * mounted: counts it in, by the rules or at the root. No fork, since that was before; its exit will be seen.
     *
     * @return null if there is no memory for it: the next mount tries again
     */
    static @Nullable VirtualMember virtual(Thread thread, @Nullable Runnable runContinuation) {
        VirtualMember member = memberOf(thread, runContinuation);
        if (member != null) {
            Membership home = pinned(Placement.ofVirtualStranger(thread), true);
            boolean settled = false;
            try {
                member.settleIn(home);
                settled = true;
            } finally {
                if (!settled) {
                    home.withdraw(true);
                }
            }
            // A subsystem that was to be asked when it started, and was not, is not told of its
            // end.
            if (member != runContinuation && !Placement.isJvm(home)) {
                member.oweExitCallbacks();
            }
            home.populated();
        }
        return member;
    }

    /**
     * What hangs on a virtual thread. If that is the JDK's own object, since the thread was made before its class was woven, it
     * gets a member, around that. Only who alone runs the thread, or is about to start it, may call.
     *
     * <p>JDK 25 locks the object in that field too, to keep a timeout of {@code Object.wait} from waking the thread out of
     * its next such wait. A timeout that was stopped half-way since before this mount could do so once: a spurious wake-up.
     *
     * @return null if it is to stay as it is
     */
    static @Nullable VirtualMember memberOf(Thread thread, @Nullable Runnable runContinuation) {
        if (runContinuation instanceof VirtualMember member) {
            return member;
        }
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null
                || runContinuation == null
                || !(MountHook.constructed(runContinuation) instanceof VirtualMember made)) {
            return null;
        }
        access.runContinuation(thread, made);
        return made;
    }

    /** The place, or what is left of it, with the thread counted in. */
    private static Membership pinned(Membership place, boolean virtual) {
        Membership home = place;
        while (!Fork.pin(home, virtual, null)) {
            home = home.live();
        }
        return home;
    }
}
