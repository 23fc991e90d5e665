package io.corral.runtime.handover;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.membership.Membership;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The record of a waiting task if queued time is measured: its submitter, and the time when its
 * wait began. If queued time is not measured, the submitter itself is the record.
 */
public final class SubmitterRecord {

    private final Membership submitter;
    private final long sinceNanoTime;

    private SubmitterRecord(Membership submitter) {
        this.submitter = submitter;
        this.sinceNanoTime = System.nanoTime();
    }

    /** Initializes this class now, since a hook may have too little stack left for that. */
    static void initialize() {}

    /** The record of a task that begins to wait. */
    public static Object waiting(Membership submitter) {
        return QueuedTime.isMeasured() ? new SubmitterRecord(submitter) : submitter;
    }

    /** The {@code System.nanoTime()} at which the wait began; 0 if that is not recorded. */
    static long since(@Nullable Object remembered) {
        return remembered instanceof SubmitterRecord timed ? timed.sinceNanoTime : 0;
    }

    /** The submitter of a task. */
    static Membership of(Object remembered) {
        return remembered instanceof SubmitterRecord timed
                ? timed.submitter
                : (Membership) remembered;
    }

    /** Passes on a wait that has not ended, unless the submitter stands for no container. */
    static void addTo(QueuedTime.Wait wait, Object remembered, Object task) {
        Membership submitter = of(remembered);
        if (submitter.unmeasured() != Membership.ROOT) {
            if (remembered instanceof SubmitterRecord timed) {
                wait.add(submitter.unmeasured(), timed.sinceNanoTime);
            } else if (task instanceof Delayed due && due.getDelay(TimeUnit.NANOSECONDS) < 0) {
                // A scheduled task waits since it was due.
                wait.add(
                        submitter.unmeasured(),
                        System.nanoTime() + due.getDelay(TimeUnit.NANOSECONDS));
            }
        }
    }

    /**
     * The submitter of a task whose wait ends now. Charges the wait to the submitter, unless that
     * is the root, which stands for no container.
     */
    static Membership ofEnded(Object remembered) {
        Membership submitter = of(remembered);
        if (remembered instanceof SubmitterRecord timed
                && submitter.unmeasured() != Membership.ROOT) {
            submitter.chargeQueued(System.nanoTime() - timed.sinceNanoTime);
        }
        return submitter;
    }

    /**
     * As {@link #ofEnded(Object)}, for a fork-join task. The wait of a delayed one began when it
     * was due, and not when the scheduler's thread gave it to the pool.
     */
    static Membership ofEnded(Object remembered, Object task) {
        if (remembered instanceof SubmitterRecord timed
                && task instanceof Delayed due
                && isOfJdk(due)) {
            if (timed.submitter.unmeasured() != Membership.ROOT) {
                timed.submitter.chargeQueued(-due.getDelay(TimeUnit.NANOSECONDS));
            }
            return timed.submitter;
        }
        return ofEnded(remembered);
    }

    /** A hook calls no code of the application. */
    private static boolean isOfJdk(Delayed task) {
        return task.getClass().getClassLoader() == null;
    }
}
