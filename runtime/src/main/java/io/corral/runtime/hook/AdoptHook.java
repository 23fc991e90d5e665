package io.corral.runtime.hook;

import io.corral.runtime.accounting.JvmThreadClock;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.PlatformMember;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;

/** Threads that begin outside: they attach through JNI, or were there before the agent. */
public final class AdoptHook {

    private AdoptHook() {}

    /**
     * Stands at the end of the constructors of {@link Thread}. A thread that constructs its own
     * {@code Thread} is attaching through JNI; the clocks of its native thread may be old, and what
     * they say now is where its account begins. Comes two or three times for each.
     */
    public static void constructed(Thread thread) {
        if (!Hooks.on || Thread.currentThread() != thread) {
            return;
        }
        try {
            if (Members.known(thread) == null) {
                JvmThreadClock clock = new JvmThreadClock(Jdk.id(thread));
                Membership home = pinned(Placement.ofStranger(thread));
                home.populated();
                Members.link(new PlatformMember(
                        thread,
                        clock.threadId(),
                        home,
                        clock.ownCpuNanos(),
                        clock.ownAllocatedBytes()));
            }
        } catch (Throwable failure) {
            HookFailures.ADOPT.report(failure);
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
        PlatformMember member =
                Members.adopted(thread, pinned(Placement.ofStranger(thread)), cpuNanos, bytes);
        if (!Placement.isJvm(member.homeOrRoot())) {
            member.oweExitCallbacks();
        }
        if (Placement.keepsTasks(thread)) {
            member.keepTasks();
        }
        return member;
    }

    /** The place, or what is left of it, with the thread counted in. */
    private static Membership pinned(Membership place) {
        Membership home = place;
        while (!Fork.pin(home, false, null)) {
            home = home.live();
        }
        return home;
    }
}
