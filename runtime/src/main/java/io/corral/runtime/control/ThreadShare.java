package io.corral.runtime.control;

/**
 * The virtual threads of one container, or of no fair one: what a tick has seen of them, and what
 * {@link ThreadShares} gives them. Accessed by the tick only.
 */
final class ThreadShare {

    private static final double RUNS_OF_A_MEAN = 4;

    // Seen by the tick.

    int weight;

    /** CPU time since the last tick. */
    double usedNanos;

    /** Whether threads wait for a slot. */
    boolean isWaiting;

    /** Whether threads run or wait. */
    boolean isInUse;

    /** Slots in use: threads on a carrier, and those that the scheduler is about to run. */
    int used;

    /** Slots whose thread keeps its carrier, and waits for something. */
    int stalled;

    /** Slots whose thread runs, or waits for a CPU. */
    int runnable;

    /** Whether a run has begun since the last tick. */
    boolean hasRun;

    /** Whether threads wait for a slot or, all the time, for a CPU. */
    boolean wantsMore;

    // What is given until the next tick.

    int slots;

    /** Whether the container has used less than its share: its threads are run first. */
    boolean isBehind;

    /** Whether others have fewer slots while its threads run, and get the CPU when they end. */
    boolean leavesCpu;

    // Kept from tick to tick.

    /** The mean of {@link #runnable} over some ticks. */
    double meanRunnable;

    /** The mean number of CPUs that were used in the same ticks. */
    double meanCpus;

    /** The mean CPU time of a run that is longer than a tick, or 0. */
    double runNanos;

    /** CPU time in the ticks since a run has begun. */
    double nanosSinceRun;

    /** CPU time that the container is behind its share; negative if it is ahead. */
    double lagNanos;

    /** The slots that the tick is about to give. */
    double wanted;

    /** The part of a slot that earlier ticks have not given. */
    double fraction;

    /** The number of ticks without a slot. */
    int ticksWithout;

    /** The number of ticks in which runs of others kept the slot that it is to have. */
    int ticksKeptOut;

    /** Slots lent because threads used no CPU time while a CPU was idle. */
    int lent;

    /** The number of ticks in which threads waited and none ran, with a carrier to spare. */
    int starvedTicks;

    /** Whether each of its threads that is ready keeps its carrier, and waits for something. */
    boolean isStalled() {
        return !isWaiting && stalled > 0 && used <= stalled;
    }

    /** A run that is shorter than a tick counts as 0. */
    void measureRuns() {
        if (hasRun) {
            runNanos += (nanosSinceRun - runNanos) / RUNS_OF_A_MEAN;
            nanosSinceRun = 0;
        } else {
            nanosSinceRun += usedNanos;
        }
    }

    /** The CPU time that a run uses which begins now, as far as it is known. */
    double nanosOfARun() {
        return Math.max(runNanos, nanosSinceRun);
    }

    /** No thread of the container is ready. Nothing is saved up for later. */
    void rest(int slotsForTheNext) {
        lagNanos = 0;
        fraction = 0;
        ticksWithout = 0;
        ticksKeptOut = 0;
        lent = 0;
        meanRunnable = 0;
        meanCpus = 0;
        runNanos = 0;
        nanosSinceRun = 0;
        isBehind = true;
        // For the first threads that come, until the next tick.
        slots = slotsForTheNext;
    }
}
