package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.notice.HookFailures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the member of a thread. */
public final class Members {

    private static final MemberTable TABLE = new MemberTable();

    /** Set by the wiring when the hooks are in. Until then threads are kept track of as without the agent. */
    private static volatile boolean woven;

    private static volatile @Nullable Adoption adoption;

    private Members() {}

    /** Where a thread belongs that never went through a fork hook, and what its clocks begin with. */
    public interface Adoption {

        /** A member with its home pinned. */
        PlatformMember adopt(Thread thread);
    }

    /** Before the hooks are switched on. */
    public static void adoption(Adoption how) {
        adoption = how;
    }

    /** The hooks are in and have proved themselves: from now on they keep track. */
    public static void woven() {
        woven = true;
    }

    public static boolean isWoven() {
        return woven;
    }

    /** The calling thread's member. Without the agent, one that is not counted. */
    static Member current() {
        Member member = woven ? currentOrNull() : null;
        return member != null ? member : UnwovenMembers.of(Thread.currentThread());
    }

    /** The calling thread's member; null for one that is past its exit hook, and without the agent. */
    public static @Nullable Member currentOrNull() {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = virtual(thread);
        return virtual != null ? liveOrNull(virtual) : ofPlatform(thread);
    }

    /** As {@link #currentOrNull}, without adopting the thread. */
    public static @Nullable Member currentIfKnown() {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = virtual(thread);
        return virtual != null ? liveOrNull(virtual) : TABLE.get(thread);
    }

    private static @Nullable VirtualMember liveOrNull(VirtualMember member) {
        return member.hasEnded() ? null : member;
    }

    /**
     * Of a calling thread that has no member: a virtual one that has run since before its class was woven is kept track of
     * as without the agent. Null for one that is past its exit hook.
     */
    public static @Nullable Member unseenOrNull() {
        Thread thread = Thread.currentThread();
        return hasEnded(thread) ? null : UnwovenMembers.of(thread);
    }

    /** Where the calling thread works now. */
    public static Membership currentWorking() {
        if (!woven) {
            return UnwovenMembers.working(Thread.currentThread());
        }
        Member member = currentOrNull();
        if (member != null && member.runsExitCallbacks()) {
            return Trees.ROOT;
        }
        return member == null ? UnwovenMembers.working(Thread.currentThread()) : member.working();
    }

    /** The member of {@code thread}, or null if it is not started, or ended. */
    public static @Nullable Member of(Thread thread) {
        if (!woven) {
            return UnwovenMembers.find(thread);
        }
        VirtualMember virtual = virtual(thread);
        return virtual != null ? virtual : ofPlatform(thread);
    }

    private static @Nullable VirtualMember virtual(Thread thread) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        return access != null && access.runContinuation(thread) instanceof VirtualMember virtual
                ? virtual
                : null;
    }

    /** Of a platform thread; adopts one that never went through a fork hook and is alive. */
    public static @Nullable PlatformMember ofPlatform(Thread thread) {
        PlatformMember known = TABLE.get(thread);
        return known != null ? known : adopt(thread);
    }

    /** Of a platform thread; null for one that no hook has seen. */
    public static @Nullable PlatformMember known(Thread thread) {
        return TABLE.get(thread);
    }

    private static @Nullable PlatformMember adopt(Thread thread) {
        Adoption how = adoption;
        if (how == null || !thread.isAlive() || hasEnded(thread) || isUnknownVirtual(thread)) {
            return null;
        }
        PlatformMember stranger = how.adopt(thread);
        PlatformMember known = stranger;
        try {
            known = TABLE.putIfAbsent(stranger);
        } finally {
            // There is another, or no memory for this one.
            if (known != null) {
                forget(stranger);
            }
        }
        if (known != null) {
            return known;
        }
        if (TABLE.hasEnded(stranger.threadId())) {
            // It ended between the look and the adoption; its exit hook has not seen this member.
            forget(stranger);
            TABLE.unlink(stranger);
            return null;
        }
        Membership home = stranger.home();
        if (home != null) {
            home.populated();
            // It may have ended before there was anything to fire.
            home.emptied();
        }
        return stranger;
    }

    /** Takes an adoption back: the thread is somebody else's to count, or gone. */
    @ReservedStack
    public static void forget(PlatformMember stranger) {
        stranger.meter().abandon();
        Membership home = stranger.forgetHome();
        if (home != null) {
            home.withdraw(false);
        }
    }

    /** A virtual thread that was made before the weaving: it has a continuation, and no member. */
    private static boolean isUnknownVirtual(Thread thread) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        return access != null && access.runContinuation(thread) != null;
    }

    /**
     * Links a member that is new, before its thread can run.
     *
     * @return false if the thread has one already
     */
    public static boolean link(PlatformMember member) {
        return TABLE.putIfAbsent(member) == null;
    }

    /**
     * Says that a member's thread is about to move out. Before it does: whoever takes the thread for a
     * stranger meanwhile finds this after its own adoption, and takes that back.
     */
    public static void markEnded(PlatformMember member) {
        TABLE.markEnded(member.threadId());
    }

    /** Unlinks a member that has moved out. */
    public static void unlink(PlatformMember member) {
        TABLE.unlink(member);
    }

    /** Whether {@code thread} is in its exit hook, or past it. */
    public static boolean hasEnded(Thread thread) {
        VirtualMember virtual = virtual(thread);
        if (virtual != null) {
            return virtual.hasEnded();
        }
        long id = Jdk.id(thread);
        return TABLE.isEnding(id) || TABLE.hasEnded(id);
    }

    public static List<Thread> threadsIn(ContainerNode container) {
        List<Thread> threads = new ArrayList<>();
        if (woven) {
            try {
                adoptStrangers();
            } catch (SecurityException mayNotLook) {
                // Of threads that no hook has seen the caller is told nothing.
            }
            TABLE.forEach(member -> {
                Membership home = member.home();
                if (home != null && home.container(container.hierarchy()) == container) {
                    threads.add(member.thread());
                }
            });
        }
        return threads;
    }

    /** Adopts what the JVM has started without a hook's seeing it: its compilers, its attach listener. */
    public static void adoptStrangers() {
        adoptAlive();
        TABLE.forEach(Members::letGoIfOver);
    }

    /**
     * As {@link #adoptStrangers}, without a walk through the table: of those that have ended, and whose exit was not seen, it lets go
     * of who was alive when it began.
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
            // What there is no room for is left out.
        } while (count == room);
        for (int i = 0; i < count; i++) {
            try {
                ofPlatform(alive[i]);
            } catch (Throwable failure) {
                HookFailures.ADOPT.report(failure);
            }
        }
        for (int i = 0; i < count; i++) {
            PlatformMember member = TABLE.get(alive[i]);
            if (member != null) {
                letGoIfOver(member);
            }
        }
    }

    /**
     * Of a thread that has ended, and with it every hook of its: who was adopted just then, behind an exit that was not woven
     * yet, would stay for ever.
     */
    private static void letGoIfOver(PlatformMember member) {
        Thread thread = member.thread();
        if (!thread.isAlive() && thread.getState() == Thread.State.TERMINATED) {
            forget(member);
            TABLE.unlink(member);
        }
    }

    /**
     * As a reader, and for the calling thread as the owner: charges what was used up to now.
     *
     * @param alone whether no other reader can be here at the same time
     */
    public static void settleAll(boolean alone) {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = virtual(thread);
        PlatformMember own = virtual != null ? virtual.carrier() : ofPlatform(thread);
        TABLE.forEach(member -> {
            if (member == own) {
                member.meter().settleAsOwner();
            } else {
                member.meter().settle();
                if (alone) {
                    member.comeHomeIfResting();
                }
            }
        });
    }

    public interface Running {
        void on(Membership account, long allocatedBytes);
    }

    /** The estimates of what each running thread has allocated since its last switch. */
    public static void forEachRunning(Running action) {
        TABLE.forEach(member -> {
            long bytes = member.meter().runningAllocatedBytes();
            if (bytes > 0 && member.meter().account() instanceof Membership account) {
                action.on(account, bytes);
            }
        });
    }
}
