package io.corral.it.exhaustion;

import io.corral.Container;
import io.corral.Containers;
import io.corral.it.harness.ThreadKind;
import io.corral.it.support.Carriers;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts one prepared thread after the other, using next to nothing of what may be exhausted
 * itself. Virtual ones run on a scheduler of ours, since the JDK's is not made for that.
 */
final class ExhaustedStarts implements Runnable {

    private final Container container;
    private final boolean virtual;
    private final Thread[] threads;
    private final Runnable[] scheduled;
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger ranElsewhere = new AtomicInteger();
    private int next;
    private int submitted;

    /** How many frames the scheduler goes down before it takes a thread. */
    private int depth;

    ExhaustedStarts(Container container, ThreadKind kind, int count) {
        this.container = container;
        virtual = kind == ThreadKind.VIRTUAL;
        threads = new Thread[count];
        scheduled = new Runnable[count];
        for (int i = 0; i < count; i++) {
            threads[i] = virtual
                    ? Carriers.virtual(this::schedule, this::child)
                    : kind.unstarted(this::child);
        }
    }

    /** Makes starts of virtual threads fail once the hook has let them pass. */
    void schedulerDepth(int frames) {
        depth = frames;
    }

    /** While true, those that run do nothing but look where they are. */
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
     * One whose fork hook found no heap is adopted by a look, or not, if there is none for that
     * either.
     */
    private static void lookWhereThisIs() {
        try {
            Containers.current();
        } catch (OutOfMemoryError again) {
            // Nobody has it then, and nobody is to have counted it.
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
     * Lets those run that were started, and waits for their end. A virtual one that the JDK could
     * neither start nor end, without stack for either, is left alone.
     */
    void finish() {
        for (int i = 0; i < submitted; i++) {
            scheduled[i].run();
        }
        for (int i = 0; i < next; i++) {
            if (!virtual && threads[i].getState() != Thread.State.NEW) {
                ThreadKind.join(threads[i]);
            }
        }
    }

    int ran() {
        return ran.get();
    }

    /** How many of those that ran did not work in the container. */
    int ranElsewhere() {
        return ranElsewhere.get();
    }
}
