package io.corral;

/**
 * What the limits of a container have done. Counts are since the container got its first limit.
 *
 * @param requests requests that are running or waiting now
 * @param peakRequests the largest number of {@code requests} up to now
 * @param waiting threads that are waiting now at the door of this container, and virtual threads
 *     that are waiting in its run queue
 * @param admitted requests that were let in, at once or after a wait
 * @param waited requests that had to wait, and whose wait has ended
 * @param waitedNanos the time of these waits, in nanoseconds
 * @param shed requests that were refused
 * @param over requests and starts of threads that exceeded a limit and were let in, since they
 *     can't be refused, or since the limits are open
 * @param lost requests whose end was not seen, and that were counted out later
 * @param wouldWait requests that a limit in monitor mode would have let wait
 * @param wouldShed requests that a limit in monitor mode would have refused
 * @param threads live threads that count for {@code threads.max}; 0 without that limit
 * @param peakThreads the largest number of {@code threads} up to now
 * @param refusedStarts starts that this container's {@code threads.max} has refused
 * @param refusedStartsBelow starts here and below that any {@code threads.max} at this container or
 *     below has refused
 * @param wouldRefuseStarts starts that {@code threads.max} in monitor mode would have refused
 */
public record LimitStat(
        long requests,
        long peakRequests,
        long waiting,
        long admitted,
        long waited,
        long waitedNanos,
        long shed,
        long over,
        long lost,
        long wouldWait,
        long wouldShed,
        long threads,
        long peakThreads,
        long refusedStarts,
        long refusedStartsBelow,
        long wouldRefuseStarts) {

    /** The stat of a container that never had a limit. */
    public static final LimitStat NONE =
            new LimitStat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
