package io.corral.it.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.corral.it.support.Latches;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * A fork-join worker that looks through its pool's queues again and again. It does so while another worker has taken a task out of
 * its slot and has not moved the queue's base yet: which is how a queue is left here, for a while.
 */
final class SweepingWorkerScenarios {

    /** To reach what is in a queue. */
    static final String FLAG = "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED";

    private static final long SWEPT_NANOS = 100_000_000;

    /** A machine that stands still in each of these, just when the worker's task is over, is said to charge wrong. */
    private static final int ATTEMPTS = 3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SweepingWorkerScenarios() {}

    @Scenario
    static void workerThatFindsNoTaskIsInThePoolsPlace() throws Exception {
        long charged = chargedOfASweepingWorker();
        for (int i = 1; i < ATTEMPTS && charged >= SWEPT_NANOS / 10; i++) {
            charged = chargedOfASweepingWorker();
        }
        assertThat(charged).as("of %d ns", SWEPT_NANOS).isLessThan(SWEPT_NANOS / 10);
    }

    /** What the tenant whose task was last is charged while the worker sweeps, its first sweeps included. */
    private static long chargedOfASweepingWorker() throws Exception {
        Container tenant = Containers.at("/sweeping");
        ForkJoinPool pool = new ForkJoinPool(1);
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch run = new CountDownLatch(2);
        try (Scope scope = tenant.enter()) {
            pool.execute(() -> {
                worker.complete(Thread.currentThread());
                Latches.await(opened);
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
        awaitCpuNanos(id, began + SWEPT_NANOS);
        long afterFirst = tenant.usage().cpuNanos();
        awaitCpuNanos(id, began + 2 * SWEPT_NANOS);
        long afterSecond = tenant.usage().cpuNanos();
        slots[next] = task;

        Latches.await(run);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        long charged = afterFirst - used;
        if (charged < SWEPT_NANOS / 10) {
            // So by then it has long been the pool's.
            assertThat(afterSecond).isEqualTo(afterFirst);
        }
        return charged;
    }

    private static void awaitCpuNanos(long id, long cpuNanos) throws InterruptedException {
        while (THREADS.getThreadCpuTime(id) < cpuNanos) {
            Thread.sleep(1);
        }
    }

    /** With what was submitted from outside last. */
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
