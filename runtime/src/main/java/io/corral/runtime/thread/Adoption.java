package io.corral.runtime.thread;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;

import org.jspecify.annotations.Nullable;

/** Adopts platform threads that were first seen after their start. */
public final class Adoption {

    /** Decides where an adopted thread is placed, and which values its clocks begin with. */
    public interface Policy {

        /** Creates a member whose home is pinned. */
        PlatformMember adopt(Thread thread);
    }

    private static volatile @Nullable Policy policy;

    // The differences between the JVM's counts and those of the hooks. Two threads may search at
    // the same time.
    private static volatile long unseenStarts = Long.MIN_VALUE;
    private static volatile long unseenLive;

    private Adoption() {}

    /** Call it before the hooks are switched on. */
    public static void by(Policy policy) {
        Adoption.policy = policy;
    }

    /**
     * The member of a thread that had none; null if the thread is not alive, or not a platform
     * thread.
     */
    static @Nullable PlatformMember adopt(Thread thread) {
        Policy how = policy;
        MemberTable table = MemberTable.LIVE;
        if (how == null
                || !thread.isAlive()
                || table.isPastExit(Jdk.id(thread))
                || isVirtual(thread)) {
            return null;
        }
        PlatformMember adopted = how.adopt(thread);
        PlatformMember known = adopted;
        try {
            known = table.putIfAbsent(adopted);
        } finally {
            // Another thread has linked a member, or there was no memory to link this one.
            if (known != null) {
                forget(adopted);
            }
        }
        if (known != null) {
            return known;
        }
        if (table.hasEnded(adopted.threadId())) {
            // The thread ended after the first check. Its exit hook has not seen this member.
            forget(adopted);
            table.unlink(adopted);
            return null;
        }
        Membership home = adopted.home();
        if (home != null) {
            home.populated();
            // The thread may have ended before a notice was armed.
            home.emptied();
        }
        if (adopted.generation() != Member.NEVER) {
            AdoptCallbacks.runLater(adopted, thread);
        }
        return adopted;
    }

    /** Undoes an adoption: the thread has another member, or has ended. */
    @ReservedStack
    public static void forget(PlatformMember adopted) {
        adopted.meter().abandon();
        Membership home = adopted.forgetHome();
        if (home != null) {
            HomeCounts.leave(home, adopted.isExcess());
            home.withdrawAdopted(false);
        }
    }

    /**
     * A virtual thread that was made before its class was woven has a continuation and no member.
     */
    private static boolean isVirtual(Thread thread) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        return access != null && access.runContinuation(thread) != null;
    }

    /**
     * Adopts threads that the JVM has started without a hook, such as its compilers and its attach
     * listener. Then unlinks all threads that have ended without a hook.
     */
    public static void adoptAll() {
        adoptAlive();
        MemberTable.LIVE.forEach(Adoption::unlinkIfTerminated);
    }

    /**
     * As {@link #adoptAll}. Does nothing if all threads that started or ended since the last call
     * have passed a hook, since a search takes a microsecond for each thread.
     */
    public static void adoptNew() {
        long starts = JvmClocks.startedThreads() - PlatformCounts.starts();
        long live = JvmClocks.liveThreads() - PlatformCounts.starts() + PlatformCounts.exits();
        if (starts != unseenStarts || live != unseenLive) {
            unseenStarts = starts;
            unseenLive = live;
            adoptAll();
        }
    }

    /**
     * As {@link #adoptAll}, without a scan of the table. Unlinks only threads that were alive when
     * this call began.
     */
    public static void adoptAlive() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        if (top == null) {
            return;
        }
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] alive;
        int count;
        int room = top.activeCount() + 16;
        do {
            room *= 2;
            alive = new Thread[room];
            count = top.enumerate(alive, true);
            // {@code enumerate} leaves out threads for which there is no room.
        } while (count == room);
        for (int i = 0; i < count; i++) {
            try {
                if (MemberTable.LIVE.get(alive[i]) == null) {
                    adopt(alive[i]);
                }
            } catch (Throwable failure) {
                HookFailures.ADOPT.report(failure);
            }
        }
        for (int i = 0; i < count; i++) {
            PlatformMember member = MemberTable.LIVE.get(alive[i]);
            if (member != null) {
                unlinkIfTerminated(member);
            }
        }
    }

    /**
     * Unlinks a member if its thread has ended. A thread can be adopted after its exit, if the exit
     * was not woven yet or the mark of its end was overwritten.
     */
    static void unlinkIfTerminated(PlatformMember member) {
        Thread thread = member.thread();
        if (!thread.isAlive() && thread.getState() == Thread.State.TERMINATED) {
            forget(member);
            MemberTable.LIVE.unlink(member);
        }
    }
}
