package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;

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

    @Override
    void mounted(Meter meter) {
        long ready = readyNanoTime;
        if (ready != 0) {
            readyNanoTime = 0;
            account().chargeQueued(System.nanoTime() - ready);
        }
    }
}
