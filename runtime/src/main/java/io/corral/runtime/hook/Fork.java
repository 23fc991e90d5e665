package io.corral.runtime.hook;

import io.corral.ForkRefusedException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Decision;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.subsystem.Subsystems;
import io.corral.runtime.thread.AdoptCallbacks;
import io.corral.runtime.thread.HomeCounts;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformCounts;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;

import org.jspecify.annotations.Nullable;

/**
 * The start of a thread, and the protocol of its life, from its place to its exit. The starter runs
 * steps 1 to 8 in {@code Thread.start} or {@code VirtualThread.start}, before the child can run.
 *
 * <ol>
 *   <li>{@link Placement} decides where the child is born: in the container that it is started in
 *       directly ({@code DirectStarts}), where a rule puts it, or where the starter works now. One
 *       read of the starter's place decides, so that an attach of the starter is seen or not.
 *   <li>{@link Membership#pin} counts the child in, and then checks that the container was not
 *       removed meanwhile. If it was, the child is placed again. A pinned container cannot be
 *       removed.
 *   <li>{@link HomeCounts#start} counts the child for the limits {@code threads.max}. If one is
 *       reached, step 2 is undone, and the start throws {@link ForkRefusedException}.
 *   <li>{@link ForkCallbacks#canFork} asks the subsystems. If one refuses, those before it are
 *       called with {@code cancelFork} in reverse order, steps 1 to 3 are undone, and the start
 *       throws {@link ForkRefusedException}. One that throws has consented. Nothing is asked for
 *       the JVM's own threads, and for a thread that a callback starts.
 *   <li>{@link Members#link} makes a platform thread findable. The member of a virtual thread is in
 *       the thread itself ({@code VirtualMembers}), and gets its home. Then the fork is counted.
 *   <li>{@link ForkCallbacks#fork} tells the subsystems that were asked. From here on the fork
 *       counts even if the starter's stack is exhausted.
 *   <li>{@link AdoptCallbacks} tells subsystems that were registered since step 4.
 *   <li>{@link ForkHook} calls {@code start0}; a virtual thread is submitted to its scheduler. If
 *       that fails, {@link ExitHook} runs the exit of the child on the starter.
 *   <li>The child runs. If no hook has seen its start, {@link AdoptHook} makes it a member.
 *   <li>{@link ExitHook} ends it, on the child, before a waiting thread can see the end. It settles
 *       ({@code Meter}), leaves the home ({@link Member#moveOut}), counts the exit and unpins the
 *       membership. A second call finds no home, and does nothing.
 *   <li>{@link ExitCallbacks} runs the callbacks of earlier moves that are still due, and then the
 *       exit callbacks. The child is in the root meanwhile.
 *   <li>A platform thread is unlinked ({@link Members#unlink}). A virtual thread drops its last
 *       home when it is done ({@link ExitHook#virtualDone}), which also counts out a thread that
 *       step 10 has missed.
 *   <li>{@link Membership#emptied} releases a container whose last member has gone. The background
 *       thread runs the callbacks for that.
 * </ol>
 *
 * <p>If a step before the last callback throws, the earlier steps are undone. Each kind of thread
 * has a method of its own. With one method for both, the start of a virtual thread that failed at
 * the bottom of the starter's stack was not always counted out on JDK 21.
 */
final class Fork {

    private Fork() {}

    /**
     * @param target the container that the child is started in directly, or null
     * @return null if the hook failed: the thread starts nevertheless, and is adopted later
     * @throws ForkRefusedException if a limit or a subsystem refused
     * @throws ContainerRemovedException if {@code target} was removed
     * @throws StackOverflowError at the bottom of the starter's stack; nothing is counted
     */
    static @Nullable PlatformMember platform(Thread child, @Nullable ContainerNode target) {
        try {
            Member starter = Members.currentOrNull();
            Decision decision = placeAndPin(child, false, starter, target);
            Membership home = decision.membership();
            boolean isExcess = HomeCounts.start(child, home);
            PlatformMember member = null;
            boolean started = false;
            try {
                member = newMember(child, home, decision.rule());
                if (isExcess) {
                    member.markExcess();
                }
                askAndLink(starter, child, member, home);
                started = true;
            } finally {
                if (!started) {
                    undo(member, home, isExcess);
                }
            }
            observePlatform(child, decision);
            return member;
        } catch (ForkRefusedException | ContainerRemovedException | StackOverflowError refused) {
            throw refused;
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
            return null;
        }
    }

    /** As {@link #platform}, for a virtual thread, whose member was created with it. */
    static void virtual(Thread child, VirtualMember member, @Nullable ContainerNode target) {
        try {
            Member starter = Members.currentOrNull();
            Decision decision = placeAndPin(child, true, starter, target);
            Membership home = decision.membership();
            boolean isExcess = HomeCounts.start(child, home);
            boolean started = false;
            try {
                if (isExcess) {
                    member.markExcess();
                }
                askAndLink(starter, child, member, home);
                started = true;
            } finally {
                if (!started) {
                    undo(member, home, isExcess);
                }
            }
            Notices.forked(child, decision, true);
        } catch (ForkRefusedException | ContainerRemovedException | StackOverflowError refused) {
            throw refused;
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
        }
    }

    /**
     * Counts the child in where it is placed; places it again if that place was removed meanwhile.
     */
    private static Decision placeAndPin(
            Thread child,
            boolean isVirtual,
            @Nullable Member starter,
            @Nullable ContainerNode target) {
        Membership from = startersPlace(starter);
        while (true) {
            Decision decision = Placement.of(child, isVirtual, from, target);
            if (target != null) {
                // If the container was removed before, the decision leads to its parent.
                target.checkLive("start a thread in");
            }
            if (decision.membership().pin()) {
                return decision;
            }
            from = startersPlace(starter).live();
        }
    }

    /**
     * The membership in which the starter works now. It is read once, so the result is either the
     * old or the new place if the starter is being attached.
     */
    private static Membership startersPlace(@Nullable Member starter) {
        return starter == null || starter.runsExitCallbacks() ? Membership.ROOT : starter.working();
    }

    private static PlatformMember newMember(Thread child, Membership home, String rule) {
        PlatformMember member = new PlatformMember(child, Jdk.id(child), home, 0, 0);
        member.placedBy(rule);
        if (Placement.chargesTasksToPool(child)) {
            member.chargeTasksToPool();
        }
        return member;
    }

    /** If this throws, the caller must {@link #undo}. */
    private static void askAndLink(
            @Nullable Member starter, Thread child, Member member, Membership home) {
        // After its exit hook, a thread starts other threads only in exit callbacks.
        Member known = starter == null ? Members.unseenOrNull() : starter;
        boolean outermost = known != null && known.enterHook();
        try {
            if (!outermost || home.belongsToJvm()) {
                member.generation(Member.NEVER);
                link(member, home);
                populated(home);
                return;
            }
            Subsystems asked = Subsystems.registered();
            ForkCallbacks.canFork(asked, child, home);
            char generation = asked.generation();
            linkOrCancel(asked, child, member, home);
            try {
                populated(home);
                ForkCallbacks.fork(asked, child, home);
            } catch (StackOverflowError exhausted) {
                // The child is counted, and starts. Its exit callbacks will run.
            }
            try {
                setKnown(member, generation);
                AdoptCallbacks.runAfterFork(member, child, asked);
            } catch (StackOverflowError exhausted) {
                // The same holds here.
            }
        } finally {
            if (outermost && known != null) {
                known.leaveHook();
            }
        }
    }

    @ReservedStack
    private static void setKnown(Member member, char generation) {
        member.generation(generation);
    }

    /** After an error here the thread is not started, or it starts and is adopted. */
    private static void linkOrCancel(
            Subsystems asked, Thread child, Member member, Membership home) {
        boolean linked = false;
        try {
            member.generation(Member.STARTING);
            link(member, home);
            linked = true;
        } finally {
            if (!linked) {
                member.generation(Member.NONE);
                ForkCallbacks.cancelFork(asked, child, home);
            }
        }
    }

    private static void link(Member member, Membership home) {
        if (member instanceof PlatformMember platform) {
            Members.link(platform);
            PlatformCounts.countStart();
        } else {
            member.becomeMemberOf(home);
        }
        // This is the last step: if it fails, the caller undoes the start.
        home.countFork(member.isVirtual());
    }

    private static void populated(Membership home) {
        try {
            home.populated();
        } catch (Throwable failure) {
            HookFailures.FORK.report(failure);
        }
    }

    /** Called before the child runs, since it may be moved or end before this thread continues. */
    private static void observePlatform(Thread child, Decision decision) {
        try {
            Notices.forked(child, decision, false);
        } catch (StackOverflowError exhausted) {
            // The child is counted, and starts.
        }
    }

    /** Undoes the pin, the count for limits, and the link. */
    @ReservedStack
    private static void undo(@Nullable Member member, Membership home, boolean isExcess) {
        // The home is cleared first, so that no exit hook counts the thread out again.
        Membership was = member == null ? null : member.forgetHome();
        if (member instanceof PlatformMember platform) {
            Members.unlink(platform);
        }
        try {
            Membership left = was == null ? home : was;
            HomeCounts.leave(left, isExcess);
            left.withdraw();
        } catch (Throwable exhausted) {
            HookFailures.EXIT.report(exhausted);
        }
    }
}
