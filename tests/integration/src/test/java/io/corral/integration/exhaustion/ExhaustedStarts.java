package io.corral.integration.exhaustion;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestCarriers;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts prepared threads one after another, and needs almost no heap or stack for that. Virtual
 * threads run on a test scheduler, because the JDK's does not survive exhaustion.
 */
final class ExhaustedStarts implements Runnable {

    private final Container container;
    private final boolean isVirtual;
    private final Thread[] threads;
    private final Runnable[] scheduled;
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger ranElsewhere = new AtomicInteger();
    private int next;
    private int submitted;

    /** How many frames the scheduler adds to the stack before it accepts a thread. */
    private int depth;

    ExhaustedStarts(Container container, ThreadKind kind, int count) {
        this.container = container;
        isVirtual = kind == ThreadKind.VIRTUAL;
        threads = new Thread[count];
        scheduled = new Runnable[count];
        for (int i = 0; i < count; i++) {
            threads[i] = isVirtual
                    ? TestCarriers.virtual(this::schedule, this::child)
                    : kind.unstarted(this::child);
        }
    }

    /** Makes starts of virtual threads fail once the hook has let them pass. */
    void schedulerDepth(int frames) {
        depth = frames;
    }

    /** While true, running threads only look up their container. */
    private volatile boolean held;

    private void child() {
        while (held) {
            lookWhereThisIs();
            Thread.yield();
        }
        ran.incrementAndGet();
        if (Containers.current() != container) {
            ranElsewhere.incrementAndGet();
        }
    }

    /**
     * A look-up adopts a thread whose fork hook had no heap, unless there is no heap for that
     * either.
     */
    private static void lookWhereThisIs() {
        try {
            Containers.current();
        } catch (OutOfMemoryError again) {
            // The thread is then in no container, and no container may count it.
        }
    }

    void hold(boolean hold) {
        held = hold;
    }

    private void schedule(Runnable run) {
        submit(run, depth);
    }

    private int submit(Runnable run, int frames) {
        if (frames > 0) {
            return submit(run, frames - 1) + 1;
        }
        if (submitted == scheduled.length) {
            throw new RejectedExecutionException();
        }
        scheduled[submitted++] = run;
        return 0;
    }

    /** Starts the next one. */
    @Override
    public void run() {
        threads[next++].start();
    }

    boolean hasNext() {
        return next < threads.length;
    }

    /**
     * Runs the started threads and waits for their end. Ignores a virtual thread that the JDK could
     * neither start nor end for lack of stack.
     */
    void finish() {
        for (int i = 0; i < submitted; i++) {
            scheduled[i].run();
        }
        for (int i = 0; i < next; i++) {
            if (!isVirtual && threads[i].getState() != Thread.State.NEW) {
                ThreadKind.join(threads[i]);
            }
        }
    }

    int ran() {
        return ran.get();
    }

    /** How many of the threads that ran were not in the container. */
    int ranElsewhere() {
        return ranElsewhere.get();
    }
}
