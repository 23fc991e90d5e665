package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.ReleaseNotices;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.subsystem.MoveCallbacks;
import io.corral.runtime.subsystem.Subsystems;

import org.jspecify.annotations.Nullable;

/**
 * Moves a live thread's home. One at a time: the lock is that of attaches, and comes first of all. Subsystems are asked before and told
 * after it, since their callbacks may do anything; so a home may be another when the lock is had, and they are asked again.
 */
public final class Attach {

    private static final Object ATTACHES = new Object();

    private Attach() {}

    public static void move(Thread thread, ContainerNode to) {
        to.checkLive("attach \"" + thread.getName() + "\" to");
        if (!Members.isWoven()) {
            if (!thread.isAlive()) {
                throw notAlive(thread, to);
            }
            Member member = UnwovenMembers.of(thread);
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
            if (from == to) {
                followAgain(member);
                return;
            }
            if (move(thread, member, from, to)) {
                return;
            }
        }
    }

    /** Whoever was here before may have had no memory for this. */
    private static void followAgain(Member member) {
        synchronized (ATTACHES) {
            follow(member);
        }
    }

    /** @return false if somebody else has moved it meanwhile: whoever had consented has been told */
    private static boolean move(
            Thread thread, Member member, ContainerNode from, ContainerNode to) {
        Subsystems asked = Subsystems.registered();
        String refusal = MoveCallbacks.canAttach(asked, thread, from, to);
        if (refusal != null) {
            throw new IllegalStateException("thread \"" + thread.getName() + "\" not attached to "
                    + to + ", it stays in " + from + ": " + refusal);
        }
        boolean virtual = member.isVirtual();
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
                Membership home = pin(thread, member, left, to, virtual);
                if (home == null) {
                    return false;
                }
                try {
                    moved = member.moveHome(left, home);
                } finally {
                    if (!moved) {
                        home.withdraw(virtual);
                    }
                }
                if (!moved) {
                    throw new IllegalArgumentException("thread \"" + thread.getName()
                            + "\" can't be attached to " + to + ": it is ending");
                }
                arrived(left, home, virtual);
                follow(member);
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
            observer.attached(thread, from, to);
        }
        return true;
    }

    /**
     * Pins, then looks whether the container was removed meanwhile: as a fork does.
     *
     * @return null if the member has left: then its other containers may be removed, too, and to try again would never end
     */
    static @Nullable Membership pin(
            Thread thread, Member member, Membership left, ContainerNode to, boolean virtual) {
        while (member.homeOrRoot() == left) {
            Membership home = left.moveTo(to);
            if (home.pin(virtual)) {
                return home;
            }
            to.checkLive("attach \"" + thread.getName() + "\" to");
        }
        return null;
    }

    private static void arrived(Membership left, Membership home, boolean virtual) {
        try {
            ReleaseNotices.populated(home);
            // It may have ended before there was anything to fire.
            home.emptied();
        } finally {
            left.withdraw(virtual);
        }
    }

    private static IllegalArgumentException notAlive(Thread thread, ContainerNode to) {
        return new IllegalArgumentException("thread \"" + thread.getName()
                + "\" can't be attached to " + to + ": it is "
                + (hasStarted(thread) ? "ending or ended" : "not started"));
    }

    /** For the words alone: a subclass may answer what it likes. */
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
