package io.corral.runtime.accounting;

/**
 * How many threads were moved to one account, less those that were moved away. Written by one mover
 * at a time. Readers of a phase see the numbers as of its beginning; see {@link MovePhaser}.
 */
final class MovedThreads {

    /** In place of a phase: the latest numbers are read. */
    static final long LATEST_PHASE = Long.MAX_VALUE;

    private volatile long platform;
    private volatile long virtual;

    /** The phase of the last move. */
    private volatile long phase;

    /** The numbers before the first move of that phase. Written before {@link #phase}. */
    private volatile long platformBefore;

    private volatile long virtualBefore;

    /** Called between {@link MovePhaser#beginMove} and {@link MovePhaser#endMove}. */
    // Only movers write, and one at a time.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void add(long movePhase, boolean isVirtual, int by) {
        if (phase != movePhase) {
            platformBefore = platform;
            virtualBefore = virtual;
            phase = movePhase;
        }
        if (isVirtual) {
            virtual += by;
        } else {
            platform += by;
        }
    }

    /** The platform threads at the beginning of a phase. */
    long platform(long readPhase) {
        // If a move begins between the two reads, the phase differs, and the saved number is right.
        long latest = platform;
        return phase < readPhase ? latest : platformBefore;
    }

    /** The virtual threads at the beginning of a phase. */
    long virtual(long readPhase) {
        long latest = virtual;
        return phase < readPhase ? latest : virtualBefore;
    }
}
