package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a reader see all moves of threads between accounts as of one moment: of each move both
 * sides, or neither. The idea is that of HdrHistogram's {@code WriterReaderPhaser}. A reader begins
 * a new phase and waits for the move that belongs to an earlier one. Each account keeps what was
 * moved before the latest phase that it was changed in; see {@link MovedThreads}.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Movers exclude one another.
 *   <li>So do readers that begin phases.
 *   <li>Between {@link #beginMove} and {@link #endMove} a mover does not wait.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>A mover never waits for a reader.
 *   <li>When {@link #beginPhase} has returned, each move that began before that call is complete,
 *       and what the accounts show for the phase no longer changes until the next one begins.
 *   <li>A reader that reads exits, then begins a phase, and then reads moves and forks sees
 *       consistent events: with each event of a thread it sees all earlier events of that thread.
 * </ol>
 */
public final class MovePhaser {

    /** The phaser of the accounts of this JVM. */
    public static final MovePhaser MOVES = new MovePhaser();

    private static final long NO_MOVE = 0;

    private final AtomicLong phase = new AtomicLong(1);

    /** The phase of the move that is under way, or {@link #NO_MOVE}. Written by movers. */
    private volatile long movePhase = NO_MOVE;

    /** A call initializes this class. */
    public static void initialize() {}

    /**
     * Called by a mover, before it changes anything.
     *
     * @return the phase that the move belongs to
     */
    public long beginMove() {
        long now = phase.get();
        movePhase = now;
        // Either this sees that a phase has begun, or its reader sees the move.
        for (long later = phase.get(); later != now; later = phase.get()) {
            now = later;
            movePhase = now;
        }
        return now;
    }

    public void endMove() {
        movePhase = NO_MOVE;
    }

    /**
     * Called by a reader. Waits for a move that has begun before. It spins: a virtual thread that
     * parked would unmount while it holds the lock of readers.
     *
     * @return the phase, for the methods of {@link MovedThreads}
     */
    public long beginPhase() {
        long begun = phase.incrementAndGet();
        for (long now = movePhase; now != NO_MOVE && now < begun; now = movePhase) {
            Thread.onSpinWait();
        }
        return begun;
    }
}
