package io.corral.runtime.accounting;

import io.corral.runtime.jdk.Key;

/**
 * Whether it is measured how long work is ready and does not run. That costs two readings of the
 * clock for each mount of a virtual thread and for each task.
 */
public final class QueuedTime {

    /** Set before there is a thread or a task to measure. */
    private static volatile boolean isMeasured;

    private QueuedTime() {}

    /** Called by the agent before the hooks are on. */
    public static void measure(boolean wanted, Key key) {
        Key.check(key);
        isMeasured = wanted;
    }

    public static boolean isMeasured() {
        return isMeasured;
    }
}
