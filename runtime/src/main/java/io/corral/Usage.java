package io.corral;

/**
 * The usage of a container's threads, in one reading.
 *
 * <p>CPU time and allocation are exact: a thread's clocks are read when the thread begins and ends
 * to work in a container, and the difference is charged once. With {@code clock=adaptive}, a
 * thread's total is exact too, but short stays in several containers are measured together; see
 * {@link #apportionedCpuNanos}.
 *
 * <p>{@link #cpuNanos}, {@link #allocatedBytes}, {@link #settledAllocatedBytes}, {@link #forks},
 * {@link #exits}, {@link #queuedNanos} and {@link #waits} never fall from one reading to the next.
 * <em>Allocated</em> counts every byte ever allocated. It does not show which bytes are still in
 * use.
 *
 * <p>Live members, forks and exits of one reading are consistent. A thread that is moved during the
 * reading is a member of exactly one container. Each exit belongs to a thread that had come by a
 * fork, a move or an adoption. A thread that starts during the reading may count as live. There is
 * one exception: a reading in an {@link Subsystem#exit} callback that runs on another thread than
 * the ended one may show half of a move.
 *
 * @param cpuNanos CPU time charged, user and system, in nanoseconds, up to this reading for running
 *     threads too; {@link #UNKNOWN} without the agent or without a CPU clock
 * @param apportionedCpuNanos the part of {@link #cpuNanos} that was measured for several containers
 *     together and apportioned among them by wall time. Always 0 with {@code clock=exact};
 *     {@link #UNKNOWN} if {@code cpuNanos} is
 * @param allocatedBytes heap bytes allocated up to this reading: {@link #settledAllocatedBytes},
 *     and an <em>estimate</em> of what running threads have allocated since their last switch,
 *     which can be too low and never too high; {@link #UNKNOWN} if the JVM does not count
 * @param settledAllocatedBytes the exact part of {@link #allocatedBytes}: heap bytes charged. A
 *     running thread charges its bytes at its next switch, hand-over or end. {@link #UNKNOWN} if
 *     {@code allocatedBytes} is
 * @param threads live members that are platform threads; this and all that follow are
 *     {@link #UNKNOWN} without the agent
 * @param virtualThreads live members that are virtual threads
 * @param forks threads of both kinds that were born here or below
 * @param exits threads of both kinds that ended here, including those that were moved here. A
 *     thread that was joined is counted. If an executor has terminated, its last thread may be
 *     counted a moment later.
 * @param queuedNanos time, in nanoseconds, in which work of this container was ready and did not
 *     run: its virtual threads waited for a carrier, and its tasks in the queue of a pool. It is a
 *     sum over threads and tasks, so it can grow faster than time passes. It includes waits that
 *     have not ended, up to this reading. This and all that follow are {@link #UNKNOWN} unless the
 *     option {@code queued} is on
 * @param waits how many such waits have ended. The mean wait between two readings is the difference
 *     of {@code queuedNanos}, divided by the sum of {@code waiting} and the difference of
 *     {@code waits}
 * @param waiting how many virtual threads and tasks wait at this reading
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
        long queuedNanos,
        long waits,
        long waiting) {

    /**
     * The value of a number that is unknown. An unknown number is never shown as 0 or as a guess.
     */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Whether {@code value} is a known number. */
    public static boolean isKnown(long value) {
        return value != UNKNOWN;
    }

    /** The form of any record, with {@code unknown} for an unknown number. */
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
                + ", queuedNanos=" + text(queuedNanos)
                + ", waits=" + text(waits)
                + ", waiting=" + text(waiting) + "]";
    }

    private static String text(long value) {
        return isKnown(value) ? Long.toString(value) : "unknown";
    }
}
