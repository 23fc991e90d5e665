package io.corral.runtime.hook;

import io.corral.Usage;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.placement.Decision;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.MeteredVirtualMember;
import io.corral.runtime.thread.PlatformMember;

/** Tells the observer, if there is one, of forks and exits. */
final class Notices {

    private static final Observer.Spent UNKNOWN =
            new Observer.Spent(Usage.UNKNOWN, Usage.UNKNOWN, Usage.UNKNOWN);

    private Notices() {}

    /** @param decision where the thread was born. It may have been moved or have ended since */
    static void forked(Thread thread, Decision decision, boolean isVirtual) {
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            try {
                observer.forked(
                        thread,
                        decision.membership().container(Trees.MAIN).api(),
                        decision.rule(),
                        isVirtual);
            } catch (Throwable failure) {
                HookFailures.OBSERVER.report(failure);
            }
        }
    }

    /** Called on the ending virtual thread itself. */
    static void ending(Thread thread) {
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            try {
                observer.ending(thread);
            } catch (Throwable failure) {
                HookFailures.OBSERVER.report(failure);
            }
        }
    }

    static void exited(Thread thread, Member member, Membership home) {
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            try {
                observer.exited(
                        thread,
                        home.container(Trees.MAIN).api(),
                        spent(member),
                        member.isVirtual());
            } catch (Throwable failure) {
                HookFailures.OBSERVER.report(failure);
            }
        }
    }

    private static Observer.Spent spent(Member member) {
        if (member instanceof PlatformMember platform) {
            return new Observer.Spent(
                    platform.meter().chargedCpuNanos(),
                    platform.meter().chargedAllocatedBytes(),
                    platform.lifetimeNanos());
        }
        if (member instanceof MeteredVirtualMember metered) {
            return new Observer.Spent(
                    metered.cpuNanos(), metered.allocatedBytes(), metered.lifetimeNanos());
        }
        return UNKNOWN;
    }
}
