package io.corral.runtime.thread;

import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.ReleaseNotices;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.subsystem.MoveCallbacks;
import io.corral.runtime.subsystem.Subsystems;

import org.jspecify.annotations.Nullable;

/**
 * Moves a live thread's home, one thread at a time. The lock of attaches is taken before all
 * others. {@code canAttach} is called before it is taken and {@code attach} after it is released,
 * since callbacks may do anything. If the home has changed when the lock is taken,
 * {@code canAttach} is called again.
 */
public final class Attach {

    private static final Object ATTACHES = new Object();

    private Attach() {}

    public static void move(Thread thread, ContainerNode to) {
        moveWithin(to.hierarchy().root(), thread, to);
    }

    /** @throws IllegalArgumentException if the thread is no member in {@code allowed} or below */
    public static void moveWithin(ContainerNode allowed, Thread thread, ContainerNode to) {
        to.checkLive("attach \"" + thread.getName() + "\" to");
        if (!Members.isWoven()) {
            if (!thread.isAlive()) {
                throw notAlive(thread, to);
            }
            Member member = UnwovenMembers.of(thread);
            checkWithin(allowed, thread, member.homeOrRoot().container(to.hierarchy()), to);
            member.moveHome(member.homeOrRoot().moveTo(to));
            return;
        }
        while (true) {
            Member member = Members.of(thread);
            Membership home = member == null ? null : member.home();
            if (member == null || home == null || !thread.isAlive()) {
                throw notAlive(thread, to);
            }
            ContainerNode from = home.container(to.hierarchy());
            checkWithin(allowed, thread, from, to);
            if (from == to) {
                followAgain(member);
                return;
            }
            if (move(thread, member, from, to)) {
                return;
            }
        }
    }

    private static void checkWithin(
            ContainerNode allowed, Thread thread, ContainerNode from, ContainerNode to) {
        if (!HierarchyTree.isWithin(from, allowed)) {
            throw new IllegalArgumentException("thread \"" + thread.getName()
                    + "\" can't be attached to " + to + ": it is in " + from
                    + ", which is outside " + allowed);
        }
    }

    /** Repeats this step, for which an earlier attach may have had no memory. */
    private static void followAgain(Member member) {
        synchronized (ATTACHES) {
            follow(member);
        }
    }

    /**
     * @return false if another thread has moved it meanwhile; then {@code cancelAttach} was called
     */
    private static boolean move(
            Thread thread, Member member, ContainerNode from, ContainerNode to) {
        Subsystems asked = Subsystems.registered();
        String refusal = MoveCallbacks.canAttach(asked, thread, from, to);
        if (refusal != null) {
            throw new IllegalStateException("thread \"" + thread.getName() + "\" not attached to "
                    + to + ", it stays in " + from + ": " + refusal);
        }
        boolean moved = false;
        Membership before;
        Membership after;
        try {
            synchronized (ATTACHES) {
                Membership left = member.homeOrRoot();
                if (left.container(to.hierarchy()) != from) {
                    return false;
                }
                before = member.working();
                Membership home = pin(thread, member, left, to);
                if (home == null) {
                    return false;
                }
                try {
                    moved = moveHome(member, left, home);
                } finally {
                    if (!moved) {
                        home.withdraw();
                    }
                }
                if (!moved) {
                    throw new IllegalArgumentException("thread \"" + thread.getName()
                            + "\" can't be attached to " + to + ": it is ending");
                }
                arrived(left, home);
                follow(member);
                if (member instanceof PlatformMember platform && to.hierarchy() == Trees.MAIN) {
                    platform.attached();
                }
                after = member.working();
            }
        } finally {
            if (!moved) {
                MoveCallbacks.cancelAttach(asked, thread, from, to);
            }
        }
        if (before != after) {
            MoveCallbacks.switched(thread, before, after);
        }
        MoveCallbacks.attached(thread, from, to);
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.attached(thread, from.api(), to.api());
        }
        return true;
    }

    /**
     * Pins, and then checks whether the container was removed meanwhile, as a fork does.
     *
     * @return null if the member has ended: its other containers may be removed by then, and the
     *     loop would not end
     */
    static @Nullable Membership pin(
            Thread thread, Member member, Membership left, ContainerNode to) {
        while (member.homeOrRoot() == left) {
            Membership home = left.moveTo(to);
            // If the membership was looked up after the removal, it has the removed container's
            // parent.
            if (home.container(to.hierarchy()) == to && home.pin()) {
                return home;
            }
            to.checkLive("attach \"" + thread.getName() + "\" to");
        }
        return null;
    }

    private static boolean moveHome(Member member, Membership left, Membership home) {
        left.totals().prepareMove();
        home.totals().prepareMove();
        return moveAndCount(member, left, home);
    }

    /** Counts the move on both sides, or on neither. Needs no memory. */
    @ReservedStack
    private static boolean moveAndCount(Member member, Membership left, Membership home) {
        boolean virtual = member.isVirtual();
        long phase = MovePhaser.MOVES.beginMove();
        try {
            boolean moved = member.moveHome(left, home);
            if (moved) {
                left.totals().countMove(phase, virtual, -1);
                home.totals().countMove(phase, virtual, 1);
            }
            return moved;
        } finally {
            MovePhaser.MOVES.endMove();
        }
    }

    private static void arrived(Membership left, Membership home) {
        try {
            ReleaseNotices.populated(home);
            // The thread may have ended before a notice was armed.
            home.emptied();
        } finally {
            left.withdraw();
        }
    }

    private static IllegalArgumentException notAlive(Thread thread, ContainerNode to) {
        return new IllegalArgumentException("thread \"" + thread.getName()
                + "\" can't be attached to " + to + ": it is "
                + (hasStarted(thread) ? "ending or ended" : "not started"));
    }

    /** Only for the message, since a subclass may override this. */
    private static boolean hasStarted(Thread thread) {
        return thread.getState() != Thread.State.NEW;
    }

    private static void follow(Member member) {
        if (isCurrent(member)) {
            member.followOnMeter();
        } else {
            member.followFromOutside();
        }
    }

    private static boolean isCurrent(Member member) {
        return Members.currentOrNull() == member;
    }
}
