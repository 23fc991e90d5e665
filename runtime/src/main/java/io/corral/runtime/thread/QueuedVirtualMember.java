package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A virtual thread that measures its waits for a carrier. */
public class QueuedVirtualMember extends VirtualMember {

    /**
     * The time when the thread was given to its scheduler; 0 if it was mounted since. Written by
     * the submitting thread before the submission, and by the carrier. If a stack trace is taken of
     * a waiting thread, the JDK submits it twice. The first submission counts.
     */
    private long readyNanoTime;

    /**
     * Where the thread waits. The thread may be attached elsewhere before the wait ends. Kept after
     * it, since the next wait is often in the same place, and each write of a reference costs a G1
     * barrier.
     */
    private @Nullable Account waitsIn;

    public QueuedVirtualMember(Runnable runContinuation) {
        super(runContinuation);
    }

    /** Called before the thread is given to its scheduler, on any thread. */
    public final void ready() {
        readySince(System.nanoTime());
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
            readySince(submission);
        } else {
            long now = System.nanoTime();
            readySince(
                    timeout instanceof Delayed due
                            ? now + Math.min(due.getDelay(TimeUnit.NANOSECONDS), 0)
                            : now);
        }
    }

    private void readySince(long nanoTime) {
        if (readyNanoTime == 0) {
            Account at = account();
            if (waitsIn != at) {
                waitsIn = at;
            }
            readyNanoTime = nanoTime;
            at.beginWait(nanoTime);
        }
    }

    @Override
    final void waitEnded() {
        long ready = readyNanoTime;
        Account at = waitsIn;
        if (ready != 0 && at != null) {
            readyNanoTime = 0;
            at.endWait(ready);
        }
    }

    @Override
    public final void waitDropped() {
        long ready = readyNanoTime;
        Account at = waitsIn;
        if (ready != 0 && at != null) {
            readyNanoTime = 0;
            at.dropWait(ready);
        }
    }
}
