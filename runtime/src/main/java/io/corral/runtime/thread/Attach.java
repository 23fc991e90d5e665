package io.corral.runtime.thread;

import io.corral.runtime.accounting.ChargeWait;
import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves the home of live threads. One mover at a time holds the lock of attaches, which is taken
 * before all other locks. {@code canAttach} is called before it is taken and {@code attach} after
 * it is released, since callbacks may do anything. If the home has changed when the lock is taken,
 * {@code canAttach} is called again.
 */
public final class Attach {

    private Attach() {}

    /** Initializes this class, and the classes that a move needs. */
    public static void initialize() {
        MovePhaser.initialize();
        ChargeWait.initialize();
    }

    /** Runs a short task while no thread is being moved. */
    public static void whileNoThreadMoves(Runnable task) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (CallbackQueue.ATTACHES) {
                task.run();
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    public static void move(Thread thread, ContainerNode to) {
        moveWithin(to.hierarchy().root(), thread, to);
    }

    /**
     * @throws IllegalArgumentException if the thread is not a member of {@code allowed} or of a
     *     container below it
     */
    public static void moveWithin(ContainerNode allowed, Thread thread, ContainerNode to) {
        to.checkLive("attach " + Jdk.title(thread) + " to");
        if (!Members.isWoven()) {
            if (!thread.isAlive()) {
                throw notAttachable(thread, to);
            }
            Member member = UncountedMembers.of(thread);
            checkWithin(allowed, thread, member.homeOrRoot().container(to.hierarchy()), to);
            member.moveHome(member.homeOrRoot().moveTo(to));
            return;
        }
        while (true) {
            Member member = Members.of(thread);
            Membership home = member == null ? null : member.home();
            if (member == null || home == null || !thread.isAlive()) {
                throw notAttachable(thread, to);
            }
            if (member.generation() == Member.STARTING) {
                throw new IllegalArgumentException("thread " + Jdk.title(thread)
                        + " can't be attached to " + to + ": it is not started yet");
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
            throw new IllegalArgumentException("thread " + Jdk.title(thread)
                    + " can't be attached to " + to + ": it is in " + from
                    + ", which is outside " + allowed);
        }
    }

    /** Moves the meter again, since an earlier attach may have had no memory for this step. */
    private static void followAgain(Member member) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (CallbackQueue.ATTACHES) {
                Move.follow(member);
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    /**
     * @return false if another thread has moved the thread meanwhile; then {@code cancelAttach} was
     *     called
     */
    private static boolean move(
            Thread thread, Member member, ContainerNode from, ContainerNode to) {
        Move[] moves = {new Move(thread, member, from, to)};
        moves[0].ask();
        try {
            boolean isPinned = CarrierPin.pin();
            try {
                synchronized (CallbackQueue.ATTACHES) {
                    if (!moves[0].prepare()) {
                        return false;
                    }
                    Move.makeAll(moves, 1);
                }
            } finally {
                CarrierPin.unpin(isPinned);
            }
            if (!moves[0].isMoved()) {
                throw new IllegalArgumentException("thread " + Jdk.title(thread)
                        + " can't be attached to " + to + ": it is ending");
            }
        } finally {
            moves[0].end();
        }
        return true;
    }

    /**
     * Moves the platform threads that are members of one container to another at once.
     *
     * @return the number of threads that were moved
     */
    public static int moveAll(ContainerNode from, ContainerNode to) {
        to.checkLive("attach threads to");
        if (from.hierarchy() != to.hierarchy()) {
            throw new IllegalArgumentException("threads of container " + from
                    + " can't be attached to " + to + ": it is of another hierarchy");
        }
        Move[] moves = from == to ? new Move[0] : movesOfAll(from, to);
        int asked = 0;
        int made = 0;
        try {
            for (; asked < moves.length; asked++) {
                moves[asked].ask();
            }
            boolean isPinned = CarrierPin.pin();
            try {
                synchronized (CallbackQueue.ATTACHES) {
                    prepareAndMake(moves);
                }
            } finally {
                CarrierPin.unpin(isPinned);
            }
        } finally {
            for (int i = 0; i < asked; i++) {
                made += moves[i].isMoved() ? 1 : 0;
                moves[i].end();
            }
        }
        return made;
    }

    private static Move[] movesOfAll(ContainerNode from, ContainerNode to) {
        List<Move> moves = new ArrayList<>();
        Members.forEachIn(from, member -> {
            if (member.thread().isAlive()) {
                moves.add(new Move(member.thread(), member, from, to));
            }
        });
        return moves.toArray(new Move[0]);
    }

    private static void prepareAndMake(Move[] moves) {
        Move[] prepared = new Move[moves.length];
        int count = 0;
        for (Move move : moves) {
            if (move.prepare()) {
                prepared[count++] = move;
            }
        }
        Move.makeAll(prepared, count);
    }

    private static IllegalArgumentException notAttachable(Thread thread, ContainerNode to) {
        String is = "ending or ended";
        if (!hasStarted(thread)) {
            is = "not started";
        } else if (thread.isAlive() && Jdk.isVirtual(thread) && VirtualMember.of(thread) == null) {
            is = "older than the agent, and can be when it has yielded or parked";
        }
        return new IllegalArgumentException(
                "thread " + Jdk.title(thread) + " can't be attached to " + to + ": it is " + is);
    }

    /** Used only for the message, since a subclass may override {@code getState}. */
    private static boolean hasStarted(Thread thread) {
        return thread.getState() != Thread.State.NEW;
    }
}
