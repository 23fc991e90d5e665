package io.corral.runtime.control;

/**
 * The mean CPU time of the latest requests of a container. Accessed by the tick only.
 *
 * <p>What was used is divided by the requests that have ended, and by the part that others have
 * done. If CPUs are divided evenly among requests of equal size, of which fewer end than begin by
 * the factor {@code q}, then those that run have done the part {@code -1 / ln(q) - q / (1 - q)} on
 * average: half of their work if as many end as begin, and less if more and more run.
 */
final class RequestCost {

    /** The CPU time of a request before the first one has ended. */
    private static final double FIRST_NANOS = 1e6;

    /** The requests of which the mean is taken, about. */
    private static final double REQUESTS = 16;

    private static final double MOST = 100;

    // Sums in which older requests weigh less.
    private double cpuNanos;
    private double begun;
    private double ended;

    private int running;

    /**
     * Adds the time since the last tick.
     *
     * @param usedNanos CPU time since the last tick
     * @param nowEnded requests that have ended since then
     * @param nowRunning requests that run now
     */
    void add(long usedNanos, long nowEnded, int nowRunning) {
        long nowBegun = Math.max(0, nowEnded + nowRunning - running);
        running = nowRunning;
        double kept = Math.max(0, 1 - (nowBegun + nowEnded) / 2.0 / REQUESTS);
        cpuNanos = cpuNanos * kept + usedNanos;
        begun = begun * kept + nowBegun;
        ended = ended * kept + nowEnded;
    }

    /** Whether no request has ended. */
    boolean isGuess() {
        return ended == 0;
    }

    double nanos() {
        if (isGuess()) {
            return FIRST_NANOS;
        }
        double done = ended + (begun - ended) * partDone(ended / Math.max(begun, ended / MOST));
        return Math.max(1, cpuNanos / done);
    }

    private static double partDone(double q) {
        if (Math.abs(q - 1) < 0.01) {
            return 0.5;
        }
        return -1 / Math.log(q) - q / (1 - q);
    }
}
