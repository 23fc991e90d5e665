package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the member of a thread. */
public final class Members {

    /**
     * Set by the wiring once the hooks work. Until then {@link UncountedMembers} has the members.
     */
    private static volatile boolean woven;

    private Members() {}

    /**
     * Initializes classes now, since there may be too little stack left for that at the first scope
     * or attach.
     */
    public static void initialize() {
        ScopeFrame.initialize();
        Measurement.initialize();
        PlatformCounts.initialize();
    }

    /** Called once the hooks are woven and checked: from now on all threads have members. */
    public static void woven() {
        woven = true;
    }

    public static boolean isWoven() {
        return woven;
    }

    /** The calling thread's member. Without the agent it is not counted. */
    public static Member current() {
        Member member = woven ? currentOrNull() : null;
        return member != null ? member : UncountedMembers.of(Thread.currentThread());
    }

    /** The calling thread's member; null after its exit hook, and without the agent. */
    public static @Nullable Member currentOrNull() {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = VirtualMember.of(thread);
        return virtual != null ? liveOrNull(virtual) : ofPlatform(thread);
    }

    /** As {@link #currentOrNull}, without adopting the thread. */
    public static @Nullable Member currentIfKnown() {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = VirtualMember.of(thread);
        return virtual != null ? liveOrNull(virtual) : MemberTable.LIVE.get(thread);
    }

    private static @Nullable VirtualMember liveOrNull(VirtualMember member) {
        return member.hasEnded() ? null : member;
    }

    /**
     * The member of a calling thread that no hook has seen. A virtual thread that is older than the
     * weaving gets a member from {@link UncountedMembers}. Null after the thread's exit hook.
     */
    public static @Nullable Member unseenOrNull() {
        Thread thread = Thread.currentThread();
        return hasEnded(thread) ? null : UncountedMembers.of(thread);
    }

    /** The membership in which the calling thread works now. */
    public static Membership currentWorking() {
        if (!woven) {
            return UncountedMembers.working(Thread.currentThread());
        }
        Member member = currentOrNull();
        if (member != null && member.runsExitCallbacks()) {
            return Membership.ROOT;
        }
        return member == null ? UncountedMembers.working(Thread.currentThread()) : member.working();
    }

    /**
     * The member of {@code thread}; null if it is not started. An ended thread's member has no
     * home.
     */
    public static @Nullable Member of(Thread thread) {
        if (!woven) {
            return UncountedMembers.find(thread);
        }
        VirtualMember virtual = VirtualMember.of(thread);
        return virtual != null ? virtual : ofPlatform(thread);
    }

    /** The member of a platform thread; adopts a live one that no fork hook has seen. */
    public static @Nullable PlatformMember ofPlatform(Thread thread) {
        PlatformMember known = MemberTable.LIVE.get(thread);
        return known != null ? known : Adoption.adopt(thread);
    }

    /** The member of a platform thread; null if no hook has seen the thread. */
    public static @Nullable PlatformMember known(Thread thread) {
        return MemberTable.LIVE.get(thread);
    }

    /**
     * Links a new member, before its thread can run.
     *
     * @return false if the thread has one already
     */
    public static boolean link(PlatformMember member) {
        return MemberTable.LIVE.putIfAbsent(member) == null;
    }

    /**
     * Marks a thread that is about to leave its home. A concurrent adoption finds the mark, and
     * undoes itself.
     */
    public static void markEnded(PlatformMember member) {
        MemberTable.LIVE.markEnded(member.threadId());
    }

    /** Unlinks a member that has left its home. */
    public static void unlink(PlatformMember member) {
        MemberTable.LIVE.unlink(member);
    }

    /** Whether the exit hook of {@code thread} has begun. */
    public static boolean hasEnded(Thread thread) {
        VirtualMember virtual = VirtualMember.of(thread);
        return virtual != null ? virtual.hasEnded() : MemberTable.LIVE.isPastExit(Jdk.id(thread));
    }

    /** The live platform threads that are members of {@code container}. */
    public static List<Thread> threadsIn(ContainerNode container) {
        List<Thread> threads = new ArrayList<>();
        if (woven) {
            try {
                Adoption.adoptAll();
            } catch (SecurityException mayNotLook) {
                // If this fails, the list lacks threads that no hook has seen.
            }
            forEachIn(container, member -> threads.add(member.thread()));
        }
        return threads;
    }

    /** The live virtual threads that are members of {@code container} and that the JDK lists. */
    public static List<Thread> virtualThreadsIn(ContainerNode container) {
        List<Thread> threads = new ArrayList<>();
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (woven && access != null && access.areUsed()) {
            access.forEachListed(thread -> {
                if (isVirtualIn(container, thread)) {
                    threads.add(thread);
                }
            });
            // Some have ended or were moved during the walk.
            threads.removeIf(thread -> !isVirtualIn(container, thread));
        }
        return threads;
    }

    private static boolean isVirtualIn(ContainerNode container, Thread thread) {
        VirtualMember member = VirtualMember.of(thread);
        return member != null && isHome(member, container);
    }

    private static boolean isHome(Member member, ContainerNode container) {
        Membership home = member.home();
        return home != null && home.container(container.hierarchy()) == container;
    }

    /** Calls {@code action} for each live platform thread that is a member of a container. */
    static void forEachIn(ContainerNode container, Consumer<PlatformMember> action) {
        MemberTable.LIVE.forEach(member -> {
            if (isHome(member, container)) {
                action.accept(member);
            }
        });
    }

    /** Calls {@code action} for each live platform thread that has a member. */
    public static void forEachPlatform(Consumer<PlatformMember> action) {
        MemberTable.LIVE.forEach(action);
    }
}
