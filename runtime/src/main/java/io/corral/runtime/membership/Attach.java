package io.corral.runtime.membership;

import io.corral.runtime.notice.Observer;

/** Moves a live thread's home. One at a time: the lock is that of attaches, and comes first of all. */
final class Attach {

    private static final Object ATTACHES = new Object();

    private Attach() {}

    static void move(Thread thread, ContainerNode to) {
        to.checkLive("attach \"" + thread.getName() + "\" to");
        if (!Members.isWoven()) {
            if (!thread.isAlive()) {
                throw notAlive(thread, to);
            }
            Member member = UnwovenMembers.of(thread);
            member.moveHome(member.homeOrRoot().moveTo(to));
            return;
        }
        ContainerNode from;
        synchronized (ATTACHES) {
            Member member = Members.of(thread);
            Membership home = member == null ? null : member.home();
            if (member == null || home == null || !thread.isAlive()) {
                throw notAlive(thread, to);
            }
            from = home.container(to.hierarchy());
            if (from == to) {
                // Whoever was here before may have had no memory for this.
                follow(member);
                return;
            }
            String refusal = Subsystems.canAttach(thread, from, to);
            if (refusal != null) {
                throw new IllegalStateException("thread \"" + thread.getName()
                        + "\" not attached to " + to + ", it stays in " + from + ": " + refusal);
            }
            moveMember(thread, member, to);
        }
        Subsystems.attached(thread, from, to);
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.attached(thread, from, to);
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

    private static void moveMember(Thread thread, Member member, ContainerNode to) {
        boolean virtual = member.isVirtual();
        Membership before = member.working();
        Membership left;
        Membership home;
        // Pin, then look whether the container was removed meanwhile: as a fork does.
        while (true) {
            left = member.homeOrRoot();
            home = left.moveTo(to);
            if (home.pin(virtual)) {
                break;
            }
            to.checkLive("attach \"" + thread.getName() + "\" to");
        }
        boolean moved = false;
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
        try {
            ReleaseNotices.populated(home);
        } finally {
            left.withdraw(virtual);
        }
        follow(member);
        Membership after = member.working();
        if (before != after) {
            Subsystems.switched(thread, before, after);
        }
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
