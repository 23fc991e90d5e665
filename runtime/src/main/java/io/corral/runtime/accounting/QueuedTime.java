package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/**
 * Whether queued time is measured: the time in which work is ready and does not run. This costs two
 * readings of the wall clock for each mount of a virtual thread and for each task.
 */
public final class QueuedTime {

    /** The tasks that wait in queues at this moment. */
    public interface WaitingTasks {

        /** Called by a reader. Takes no lock that a submission or a worker holds for long. */
        void forEach(Wait wait);
    }

    /** Takes one task. */
    public interface Wait {

        /** @param submitter the account that will be charged when the wait ends */
        void add(Account submitter, long sinceNanoTime);
    }

    /** Set before there is a thread or a task to measure. */
    private static volatile boolean isMeasured;

    /** Null without hand-over. */
    private static volatile @Nullable WaitingTasks tasks;

    private QueuedTime() {}

    /** Called by the wiring. */
    public static void tasks(WaitingTasks found) {
        tasks = found;
    }

    /** Passes each waiting task on, if queued time is measured. */
    public static void forEachTask(Wait wait) {
        WaitingTasks known = tasks;
        if (isMeasured && known != null) {
            known.forEach(wait);
        }
    }

    /** Called by the agent before the hooks are switched on. */
    public static void measure(boolean wanted) {
        isMeasured = wanted;
    }

    public static boolean isMeasured() {
        return isMeasured;
    }
}
