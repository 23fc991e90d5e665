package io.corral.integration.virtual;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Virtual threads that are parked, each inside a scope, until they may end. */
final class ParkedThreads implements Runnable {

    private static final Container ENTERED = Containers.at("/entered");

    private final @Nullable Thread[] threads;
    private final CountDownLatch entered;
    private volatile boolean mayEnd;

    private ParkedThreads(int count) {
        threads = new Thread[count];
        entered = new CountDownLatch(count);
    }

    static ParkedThreads in(Container container, int count) {
        ParkedThreads parked = new ParkedThreads(count);
        for (int i = 0; i < count; i++) {
            Thread thread = ThreadKind.VIRTUAL.unstarted(parked);
            parked.threads[i] = thread;
            container.start(thread);
        }
        return parked;
    }

    @Override
    public void run() {
        try (Scope scope = ENTERED.enter()) {
            entered.countDown();
            // With a latch the threads would queue, and each would wake the next.
            while (!mayEnd) {
                LockSupport.park(this);
            }
        }
    }

    void awaitThatAllHaveEntered() {
        Waits.await(entered);
    }

    void end() {
        mayEnd = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (int i = 0; i < threads.length; i++) {
            ThreadKind.join(threads[i]);
            threads[i] = null;
        }
    }
}
