package io.corral.runtime.thread;

import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.subsystem.MoveCallbacks;
import io.corral.runtime.subsystem.Subsystems;

import org.jspecify.annotations.Nullable;

/** One thread's move from one container to another of the same hierarchy. */
final class Move {

    private static final class Attached extends CallbackQueue.Event {

        private final Move move;

        Attached(Move move) {
            this.move = move;
        }

        @Override
        void run(CallbackQueue queue) {
            MoveCallbacks.attached(move.member.generation(), move.thread, move.from, move.to);
        }
    }

    private final Thread thread;
    private final Member member;
    private final ContainerNode from;
    private final ContainerNode to;
    private final Subsystems asked = Subsystems.registered();

    /** Read once, so that the subsystems that are asked are also told of a cancellation. */
    private final char generation;

    // Set under the lock of attaches.
    private @Nullable Membership left;
    private @Nullable Membership home;
    private @Nullable CallbackQueue queue;
    private CallbackQueue.@Nullable Event attached;
    private boolean isMoved;

    Move(Thread thread, Member member, ContainerNode from, ContainerNode to) {
        this.thread = thread;
        this.member = member;
        this.generation = member.generation();
        this.from = from;
        this.to = to;
    }

    boolean isMoved() {
        return isMoved;
    }

    /**
     * If this succeeds, {@link #end} must follow.
     *
     * @throws IllegalStateException if a subsystem refuses; {@code cancelAttach} was called for
     *     those before it
     */
    void ask() {
        String refusal = MoveCallbacks.canAttach(asked, generation, thread, from, to);
        if (refusal != null) {
            throw new IllegalStateException("thread " + Jdk.title(thread) + " not attached to " + to
                    + ", it stays in " + from + ": " + refusal);
        }
    }

    /**
     * Under the lock of attaches: allocates all memory that the move needs.
     *
     * @return false if the thread has ended, or another thread has moved it
     */
    boolean prepare() {
        Membership now = member.homeOrRoot();
        if (now.container(to.hierarchy()) != from) {
            return false;
        }
        if (!Subsystems.registered().isEmpty()) {
            attached = new Attached(this);
            queue = CallbackQueues.use(member, thread);
        }
        now.totals().prepareMove();
        left = now;
        Membership next = pinned(now);
        if (next == null) {
            return false;
        }
        home = next;
        next.totals().prepareMove();
        return true;
    }

    /**
     * Pins, and then checks whether the container was removed meanwhile, as a fork does.
     *
     * @return null if the member has ended: its other containers may be removed by then, and the
     *     loop would not end
     */
    @Nullable Membership pinned(Membership old) {
        while (member.homeOrRoot() == old) {
            Membership next = old.moveTo(to);
            // A membership that is looked up after the removal has the parent in place of the
            // removed container.
            if (next.container(to.hierarchy()) == to && next.pin()) {
                return next;
            }
            to.checkLive("attach " + Jdk.title(thread) + " to");
        }
        return null;
    }

    /**
     * Under the lock of attaches: makes the prepared moves at once, so that each reading has all of
     * them or none.
     */
    static void makeAll(Move[] moves, int count) {
        changeHomes(moves, count);
        for (int i = 0; i < count; i++) {
            moves[i].complete();
        }
    }

    /** Counts each move on both sides and adds its event, or does neither. Needs no memory. */
    @ReservedStack
    private static void changeHomes(Move[] moves, int count) {
        long phase = MovePhaser.MOVES.beginMove();
        try {
            for (int i = 0; i < count; i++) {
                moves[i].changeHome(phase);
            }
        } finally {
            MovePhaser.MOVES.endMove();
        }
        for (int i = 0; i < count; i++) {
            moves[i].addEvent();
        }
    }

    private void changeHome(long phase) {
        Membership old = left;
        Membership next = home;
        if (old == null || next == null) {
            return;
        }
        isMoved = member.moveHome(old, next);
        if (isMoved) {
            boolean isVirtual = member.isVirtual();
            old.totals().countMove(phase, isVirtual, -1);
            next.totals().countMove(phase, isVirtual, 1);
            HomeCounts.move(from, to, member.isExcess());
        }
    }

    private void addEvent() {
        if (isMoved && queue != null && attached != null) {
            queue.add(attached);
        }
    }

    private void complete() {
        Membership old = left;
        Membership next = home;
        if (!isMoved || old == null || next == null) {
            return;
        }
        try {
            next.populated();
            // The thread may have ended before a notice was armed.
            next.emptied();
        } finally {
            old.withdraw();
        }
        follow(member);
        if (member instanceof PlatformMember platform && to.hierarchy() == Trees.MAIN) {
            platform.attached();
        }
    }

    /** Under the lock of attaches: updates the meter, whose account may have changed. */
    static void follow(Member member) {
        if (member.isCurrent()) {
            member.followOnMeter();
        } else {
            member.followFromOutside();
        }
    }

    /** Called at the end, whether or not the thread was moved, without a lock. */
    void end() {
        try {
            if (!isMoved) {
                cancel();
            }
        } finally {
            runCallbacks();
        }
        Observer observer = Observer.Current.observer;
        if (isMoved && observer != null) {
            observer.attached(thread, from.api(), to.api());
        }
    }

    /** Undoes {@link #ask} and {@link #prepare}. */
    private void cancel() {
        try {
            Membership pinned = home;
            if (pinned != null) {
                pinned.withdraw();
            }
        } finally {
            MoveCallbacks.cancelAttach(asked, generation, thread, from, to);
        }
    }

    private void runCallbacks() {
        if (queue != null) {
            try {
                if (isMoved) {
                    queue.run();
                }
            } finally {
                CallbackQueues.release(queue);
            }
        }
    }
}
