package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * A fork-join worker that scans its pool's queues repeatedly, as it does while another worker has
 * taken a task out of its slot and has not moved the queue's base yet. The scenario keeps a queue
 * in that state for a while.
 */
final class ScanningWorkerScenarios {

    /** Opens the fields of a queue. */
    static final String FLAG = "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED";

    private static final long SCANNED_NANOS = 100_000_000;

    /**
     * Attempts; the machine may be suspended at the end of the worker's task in all but one of
     * them.
     */
    private static final int ATTEMPTS = 3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ScanningWorkerScenarios() {}

    @Scenario
    static void workerThatFindsNoTaskIsInThePoolsContainer() throws Exception {
        long charged = chargedDuringScans();
        for (int i = 1; i < ATTEMPTS && charged >= SCANNED_NANOS / 10; i++) {
            charged = chargedDuringScans();
        }
        assertThat(charged).as("of %d ns", SCANNED_NANOS).isLessThan(SCANNED_NANOS / 10);
    }

    /** The charge of the last task's tenant during the scans, including the first scans. */
    private static long chargedDuringScans() throws Exception {
        Container tenant = Containers.at("/scanning");
        ForkJoinPool pool = new ForkJoinPool(1);
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch run = new CountDownLatch(2);
        try (Scope scope = tenant.enter()) {
            pool.execute(() -> {
                worker.complete(Thread.currentThread());
                Waits.await(opened);
            });
        }
        long id = worker.get(60, TimeUnit.SECONDS).getId();
        try (Scope scope = tenant.enter()) {
            pool.execute(run::countDown);
            pool.execute(run::countDown);
        }
        Object queue = queueOfTwo(pool);
        Object[] slots = (Object[]) Objects.requireNonNull(read(queue, "array"));
        int next = (int) Objects.requireNonNull(read(queue, "base")) & (slots.length - 1);
        Object task = slots[next];
        assertThat(task).isNotNull();

        slots[next] = null;
        long used = tenant.usage().cpuNanos();
        long began = THREADS.getThreadCpuTime(id);
        opened.countDown();
        awaitCpuNanos(id, began + SCANNED_NANOS);
        long afterFirst = tenant.usage().cpuNanos();
        awaitCpuNanos(id, began + 2 * SCANNED_NANOS);
        long afterSecond = tenant.usage().cpuNanos();
        slots[next] = task;

        Waits.await(run);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        long charged = afterFirst - used;
        if (charged < SCANNED_NANOS / 10) {
            // The worker returned to the pool's container long before.
            assertThat(afterSecond).isEqualTo(afterFirst);
        }
        return charged;
    }

    private static void awaitCpuNanos(long id, long cpuNanos) throws InterruptedException {
        while (THREADS.getThreadCpuTime(id) < cpuNanos) {
            Thread.sleep(1);
        }
    }

    /** The queue with the two tasks that were submitted from outside. */
    private static Object queueOfTwo(ForkJoinPool pool) throws ReflectiveOperationException {
        for (Object queue : (Object[]) Objects.requireNonNull(read(pool, "queues"))) {
            if (queue != null && read(queue, "owner") == null && holdsTwo(queue)) {
                return queue;
            }
        }
        throw new AssertionError("no queue with two tasks");
    }

    private static boolean holdsTwo(Object queue) throws ReflectiveOperationException {
        int top = (int) Objects.requireNonNull(read(queue, "top"));
        return top - (int) Objects.requireNonNull(read(queue, "base")) == 2;
    }

    private static Object read(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
