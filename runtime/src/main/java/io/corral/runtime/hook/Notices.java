package io.corral.runtime.hook;

import io.corral.Usage;
import io.corral.runtime.membership.Member;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MeteredVirtualMember;
import io.corral.runtime.membership.PlatformMember;
import io.corral.runtime.membership.Trees;
import io.corral.runtime.membership.VirtualMember;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.placement.Placement;

/** Tells the observer, if there is one, of forks and exits. */
final class Notices {

    private static final Observer.Spent UNKNOWN =
            new Observer.Spent(Usage.UNKNOWN, Usage.UNKNOWN, Usage.UNKNOWN);

    private Notices() {}

    static void forked(Thread thread, Member member, boolean explicit) {
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            try {
                Membership home = member.homeOrRoot();
                observer.forked(
                        thread,
                        home.container(Trees.MAIN),
                        Placement.rule(home, explicit),
                        member.isVirtual());
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
                        thread, home.container(Trees.MAIN), spent(member), member.isVirtual());
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
        PlatformMember carrier = ((VirtualMember) member).carrier();
        if (member instanceof MeteredVirtualMember metered && carrier != null) {
            carrier.meter().settleOwn();
            return new Observer.Spent(
                    metered.cpuNanos(carrier.meter()),
                    metered.allocatedBytes(carrier.meter()),
                    metered.lifetimeNanos());
        }
        return UNKNOWN;
    }
}
