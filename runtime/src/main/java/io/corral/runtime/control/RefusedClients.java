package io.corral.runtime.control;

/**
 * How many refused requests of a container come again, if each client waits as long as it is told.
 * They want their turn too: without them all would come again far too soon, to be refused again.
 */
final class RefusedClients {

    /** Accessed by the tick only. */
    private long lastShed;

    /** The tick writes it, and any thread reads it. */
    private volatile double expected;

    double expected() {
        return expected;
    }

    /**
     * Called by the tick.
     *
     * @param shed requests that were refused until now
     * @param retryNanos after which a request that is refused now is told to come again
     */
    void count(long shed, long elapsedNanos, long retryNanos) {
        double come = Math.min(1, elapsedNanos / Refused.meanRetryNanos(retryNanos));
        expected = expected * (1 - come) + shed - lastShed;
        lastShed = shed;
    }

    /** Called by the tick when it rests. */
    void forget() {
        expected = 0;
    }
}
