package io.corral.runtime.accounting;

/**
 * Whether queued time is measured: the time in which work is ready and does not run. This costs two
 * readings of the wall clock for each mount of a virtual thread and for each task.
 */
public final class QueuedTime {

    /** Set before there is a thread or a task to measure. */
    private static volatile boolean isMeasured;

    private QueuedTime() {}

    /** Called by the agent before the hooks are switched on. */
    public static void measure(boolean wanted) {
        isMeasured = wanted;
    }

    public static boolean isMeasured() {
        return isMeasured;
    }
}
