package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool with one worker that is busy until the pool is opened or closed. */
final class BusyPool extends ThreadPoolExecutor implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    /** The tasks that the pool's own hooks were called with. */
    final List<Runnable> before = Collections.synchronizedList(new ArrayList<>());

    final List<Runnable> after = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch opened = new CountDownLatch(1);

    BusyPool(String threadName, BlockingQueue<Runnable> queue) {
        super(1, 1, 0, TimeUnit.SECONDS, queue, task -> new Thread(task, threadName));
        execute(() -> Waits.await(opened));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        before.add(task);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        after.add(task);
    }

    void executeFrom(String path, Runnable task) {
        try (Scope scope = Containers.at(path).enter()) {
            execute(task);
        }
    }

    void open() {
        opened.countDown();
    }

    @Override
    public void close() {
        open();
        shutdown();
        try {
            assertThat(awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
