package io.corral.integration.fork;

import io.corral.Container;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.TestThread;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Removes containers one after another, each as soon as possible and at a random moment. */
final class ConcurrentRemover implements AutoCloseable {

    private final TestThread testThread = TestThread.start(ThreadKind.PLATFORM);
    private final Future<Integer> removing = testThread.begin(this::removeAll);

    /** The container to remove; null while there is none. Only one thread at a time writes it. */
    private volatile @Nullable Container next;

    private volatile boolean closed;

    private int removeAll() {
        int removed = 0;
        while (!closed) {
            Container container = next;
            if (container != null) {
                hesitate();
                while (!removes(container)) {
                    Thread.yield();
                }
                next = null;
                removed++;
            }
            Thread.onSpinWait();
        }
        return removed;
    }

    /** Waits for a random time of up to some microseconds. */
    static void hesitate() {
        for (int i = ThreadLocalRandom.current().nextInt(500); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static boolean removes(Container container) {
        try {
            container.remove();
            return true;
        } catch (IllegalStateException populated) {
            return false;
        }
    }

    /** Begins to remove {@code container}. */
    void begin(Container container) {
        next = container;
    }

    /** Waits until it is removed. */
    void awaitRemoved() {
        while (next != null) {
            if (removing.isDone()) {
                throw new IllegalStateException("the remover has failed");
            }
            Thread.yield();
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        TestThread.await(removing);
        testThread.close();
    }
}
