package io.corral.runtime.thread;

import io.corral.runtime.accounting.Meter;

/** A virtual thread whose waits for a carrier are measured. */
public class QueuedVirtualMember extends VirtualMember {

    /**
     * When the thread was given to its scheduler last; 0 if it was mounted since. Written by the
     * thread that submits, before it submits, and by the carrier. If a stack trace is taken of a
     * waiting thread, the JDK submits it twice; then only the wait since the second counts.
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
