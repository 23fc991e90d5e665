package io.corral;

/**
 * What the threads of a container have used, in one reading.
 *
 * <p>CPU time and allocation are exact: a thread's clock is read where the thread begins and ends
 * to work for a container, and the difference is charged once. Under the clock policy
 * {@code adaptive} a thread's total is as exact, but short stays in several containers are measured
 * together; see {@link #apportionedCpuNanos}.
 *
 * <p>{@link #cpuNanos}, {@link #allocatedBytes}, {@link #settledAllocatedBytes}, {@link #forks},
 * {@link #exits} and {@link #queuedNanos} never fall from one reading to the next.
 * <em>Allocated</em> counts every byte ever allocated. It does not say what is retained.
 *
 * <p>Live members, forks and exits of one reading belong together. A thread that is moved meanwhile
 * is a member of one container, never of both and never of none; and each exit is of a thread that
 * had come by a fork, a move or an adoption. A thread that starts meanwhile may count as live. Only
 * a reading in an {@link Subsystem#exit} callback that runs on another thread than the ended one
 * may show a move half done.
 *
 * @param cpuNanos CPU time charged, user and system, in nanoseconds, up to this reading for running
 *     threads too; {@link #UNKNOWN} without the agent or without a CPU clock
 * @param apportionedCpuNanos what of {@link #cpuNanos} was measured for several containers together
 *     and apportioned among them by wall time: always 0 under the clock policy {@code exact};
 *     {@link #UNKNOWN} where {@code cpuNanos} is
 * @param allocatedBytes heap bytes allocated up to this reading: {@link #settledAllocatedBytes},
 *     and an <em>estimate</em> of what running threads have allocated since their last switch,
 *     which can be too low and never too high; {@link #UNKNOWN} where the JVM does not count
 * @param settledAllocatedBytes the exact part of {@link #allocatedBytes}: heap bytes charged. A
 *     running thread charges its bytes at its next switch, hand-over or end. {@link #UNKNOWN} where
 *     {@code allocatedBytes} is
 * @param threads live members that are platform threads; this and all that follow are
 *     {@link #UNKNOWN} without the agent
 * @param virtualThreads live members that are virtual threads
 * @param forks threads of both kinds that were born here or below
 * @param exits threads of both kinds that ended here, including those that were moved here. A
 *     thread that was joined is counted. An executor may be terminated a moment before its last
 *     thread is counted.
 * @param queuedNanos time, in nanoseconds, in which work of this container was ready and did not
 *     run: its virtual threads waited for a carrier, and its tasks in the queue of a pool. It is a
 *     sum over threads and tasks, so it can grow faster than time passes. A wait is added when it
 *     ends. {@link #UNKNOWN} unless the option {@code queued} is on
 */
public record Usage(
        long cpuNanos,
        long apportionedCpuNanos,
        long allocatedBytes,
        long settledAllocatedBytes,
        long threads,
        long virtualThreads,
        long forks,
        long exits,
        long queuedNanos) {

    /** The value of each number that is unknown. It is never 0 and never a guess. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Whether {@code value} is a known number. */
    public static boolean isKnown(long value) {
        return value != UNKNOWN;
    }

    /** As any record, but with {@code unknown} for a number that is. */
    @Override
    public String toString() {
        return "Usage[cpuNanos=" + text(cpuNanos)
                + ", apportionedCpuNanos=" + text(apportionedCpuNanos)
                + ", allocatedBytes=" + text(allocatedBytes)
                + ", settledAllocatedBytes=" + text(settledAllocatedBytes)
                + ", threads=" + text(threads)
                + ", virtualThreads=" + text(virtualThreads)
                + ", forks=" + text(forks)
                + ", exits=" + text(exits)
                + ", queuedNanos=" + text(queuedNanos) + "]";
    }

    private static String text(long value) {
        return isKnown(value) ? Long.toString(value) : "unknown";
    }
}
