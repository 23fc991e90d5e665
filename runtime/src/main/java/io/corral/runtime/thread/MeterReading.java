package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.ChargeWait;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads whose meters one reading reads: those that work in the scope of the reading,
 * or those of them that do not rest. To read a thread's CPU clock takes 1 to 4 us, so thousands of
 * threads that wait, or that work elsewhere, would cost more than all other parts of a reading.
 *
 * <p>A thread that works elsewhere when the reading begins has left the scope before, so what it
 * used there is charged, or being charged.
 */
public final class MeterReading {

    private final List<PlatformMember> members = new ArrayList<>();
    private final List<PlatformMember> resting = new ArrayList<>();
    private final List<PlatformMember> elsewhere = new ArrayList<>();

    /**
     * Finds the threads.
     *
     * @param scope what is read: this container and those below it
     */
    public MeterReading(ContainerNode scope) {
        boolean isOfAll = scope.parent() == null;
        // The charges of a meter's owner are not waited for by the owner.
        PlatformMember own = own();
        MemberTable.LIVE.forEach(member -> {
            boolean isThere = isOfAll || member == own || mayWorkIn(scope, member);
            (!isThere ? elsewhere : member.rests() ? resting : members).add(member);
        });
    }

    private static boolean mayWorkIn(ContainerNode scope, PlatformMember member) {
        return !(member.meter().onlyAccount() instanceof Membership membership)
                || HierarchyTree.isWithin(membership.container(scope.hierarchy()), scope);
    }

    /**
     * Charges what some threads have used up to now. Other readings may run at the same time.
     *
     * @param threads platform threads
     * @param andCarriers whether the virtual threads that are mounted now are settled too
     */
    public static void settleThreads(List<Thread> threads, boolean andCarriers) {
        List<PlatformMember> some = new ArrayList<>();
        for (Thread thread : threads) {
            PlatformMember known = MemberTable.LIVE.get(thread);
            if (known != null) {
                some.add(known);
            }
        }
        if (andCarriers) {
            MemberTable.LIVE.forEach(member -> {
                if (member.carrier().isMounted()) {
                    some.add(member);
                }
            });
        }
        settle(some, false);
    }

    /** As {@link #settleThreads}, for all threads that do not rest. */
    public static void settleAll() {
        List<PlatformMember> all = new ArrayList<>();
        MemberTable.LIVE.forEach(member -> {
            if (!member.rests()) {
                all.add(member);
            }
        });
        settle(all, false);
    }

    /** The number of threads that rest. */
    public int resting() {
        return resting.size();
    }

    /**
     * Charges what each thread that does not rest has used up to now: the calling thread as the
     * owner of its meter, the others as a reader. Waits for the charges of threads that have left
     * the scope, and of threads that were moved and have ended.
     *
     * @param alone whether no other reader can run at the same time
     */
    public void settle(boolean alone) {
        settle(members, alone);
        for (PlatformMember member : elsewhere) {
            member.meter().awaitCharges();
        }
        ChargeWait.forOutsidersOfAll();
    }

    /** The same for the threads that rest. Some of them may have run. */
    public void settleResting(boolean alone) {
        settle(resting, alone);
    }

    private static @Nullable PlatformMember own() {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = VirtualMember.of(thread);
        return virtual != null ? virtual.carrier() : Members.ofPlatform(thread);
    }

    private static void settle(List<PlatformMember> members, boolean alone) {
        PlatformMember own = own();
        long[] ids = new long[members.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = members.get(i).threadId();
        }
        long[] cpuNanos = JvmClocks.cpuNanos(ids);
        for (int i = 0; i < ids.length; i++) {
            PlatformMember member = members.get(i);
            if (member == own) {
                member.meter().settleAsOwner();
            } else if (alone) {
                member.settle(cpuNanos[i]);
            } else {
                member.meter().settle(cpuNanos[i]);
            }
            if (cpuNanos[i] < 0) {
                Adoption.unlinkIfTerminated(member);
            }
        }
    }

    /**
     * Estimates what each running thread has allocated since its last switch. A thread that rests
     * has charged that.
     */
    public void forEachUncharged(ObjLongConsumer<Account> action) {
        forEachUncharged(members, action);
        forEachUncharged(resting, action);
    }

    private static void forEachUncharged(
            List<PlatformMember> members, ObjLongConsumer<Account> action) {
        for (PlatformMember member : members) {
            if (!member.rests()) {
                member.meter().forEachUncharged(action);
            }
        }
    }
}
