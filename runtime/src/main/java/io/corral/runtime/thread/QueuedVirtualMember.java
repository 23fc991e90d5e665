package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A virtual thread that measures its waits for a carrier. */
public class QueuedVirtualMember extends VirtualMember {

    /**
     * The time when the thread was last given to its scheduler; 0 if it was mounted since. Written
     * by the submitting thread before the submission, and by the carrier. If a stack trace is taken
     * of a waiting thread, the JDK submits it twice. Then only the wait since the second submission
     * counts.
     */
    private long readyNanoTime;

    public QueuedVirtualMember(Runnable runContinuation) {
        super(runContinuation);
    }

    /** Called before the thread is given to its scheduler, on any thread. */
    public final void ready() {
        readyNanoTime = System.nanoTime();
    }

    /**
     * As {@link #ready}, for a thread that has been ready since the end of its timeout was given to
     * the carriers, if it was. If that time is not known, the thread has been ready since the
     * timeout was due. The timeout may be that of a later wait, since the end of an earlier one can
     * come late.
     *
     * @param submission when the timeout was given to the carriers; 0 if that is not known
     */
    public final void readySince(@Nullable Object timeout, long submission) {
        if (submission != 0) {
            readyNanoTime = submission;
        } else {
            long now = System.nanoTime();
            readyNanoTime = timeout instanceof Delayed due
                    ? now + Math.min(due.getDelay(TimeUnit.NANOSECONDS), 0)
                    : now;
        }
    }

    @Override
    void mounted(Meter meter) {
        long ready = readyNanoTime;
        if (ready != 0) {
            readyNanoTime = 0;
            account().chargeQueued(System.nanoTime() - ready);
        }
    }
}
