package io.corral.runtime.control;

/** What {@link ThreadShares} knows of the virtual threads of one container. Used by the tick. */
final class ThreadShare {

    /** CPU time that the container is behind its share; negative if it is ahead. */
    double lagNanos;

    /** Whether threads wait for a slot. */
    boolean isWaiting;

    /** Whether threads run or wait. */
    boolean isInUse;

    /** The slots that the tick is about to give. */
    double wanted;

    /** The part of a slot that earlier ticks have not given. */
    double fraction;

    /** The number of ticks without a slot. */
    int ticksWithout;

    /** Slots lent because threads used no CPU time while a CPU was idle. */
    int lent;

    /** The runs of the queue as of the last tick. */
    long lastRuns;

    /** The number of ticks in which threads waited and none ran. */
    int starvedTicks;

    /** Called while no thread of the container is ready: nothing is saved up for later. */
    void rest() {
        lagNanos = 0;
        fraction = 0;
        ticksWithout = 0;
        lent = 0;
        starvedTicks = 0;
    }
}
