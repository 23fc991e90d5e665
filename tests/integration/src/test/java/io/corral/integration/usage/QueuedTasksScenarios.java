package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.Waits;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tasks that wait for a pool's only worker. */
final class QueuedTasksScenarios {

    private static final int TASKS = 20;

    /**
     * The steps of each task: it waits much longer than its submission takes, even on a busy
     * machine.
     */
    private static final int STEPS = 100;

    private QueuedTasksScenarios() {}

    /** Gives the pool a task whose wait is counted by the task itself. */
    private interface Submission {
        Future<?> submit(Runnable task);
    }

    @Scenario
    static void poolTasksAreQueuedFromSubmissionToRun() throws Exception {
        ThreadPoolExecutor pool = oneWorker(new LinkedBlockingQueue<>());
        assertWaitsAreCounted("submitted", pool, pool::submit);
        assertWaitsAreCounted("executed", pool, task -> executed(pool, task));
        pool.shutdown();
    }

    @Scenario
    static void tasksWithoutAFieldForTheirSubmitterAreCounted() throws Exception {
        ThreadPoolExecutor pool = oneWorker(new ArrayBlockingQueue<>(10 * TASKS));
        assertWaitsAreCounted("in-an-array", pool, task -> executed(pool, task));
        pool.shutdown();
    }

    @Scenario
    static void forkJoinTasksAreQueuedFromSubmissionToRun() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        assertWaitsAreCounted("fork-join", pool, pool::submit);
        assertWaitsAreCounted("supplied", pool, task -> CompletableFuture.runAsync(task, pool));
        pool.shutdown();
    }

    @Scenario
    static void scheduledTaskIsQueuedFromItsDueTime() throws Exception {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        assertWaitsAreCounted("scheduled", pool, task -> pool.schedule(task, 0, TimeUnit.SECONDS));
        Container container = Containers.at("/queued-tasks/later");
        Future<Long> ran;
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        try (Scope scope = container.enter()) {
            ran = pool.schedule(System::nanoTime, 2, TimeUnit.SECONDS);
        }
        long late = ran.get() - due;
        assertThat(container.usage().queuedNanos()).isBetween(1L, late);
        pool.shutdown();
    }

    /** A thread of the JDK gives the tasks to the pool. It is often late, as they are short. */
    @Scenario(since = 25)
    static void delayedForkJoinTaskIsQueuedFromItsDueTime() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        Method schedule = ForkJoinPool.class.getMethod(
                "schedule", Callable.class, long.class, TimeUnit.class);
        Container container = Containers.at("/queued-tasks/fork-join-later");
        long delay = TimeUnit.MILLISECONDS.toNanos(1);
        long waited = 0;
        for (int i = 0; i < 500; i++) {
            ScheduledFuture<?> ran;
            try (Scope scope = container.enter()) {
                ran = (ScheduledFuture<?>) schedule.invoke(
                        pool, (Callable<Long>) System::nanoTime, delay, TimeUnit.NANOSECONDS);
            }
            long due = System.nanoTime() + ran.getDelay(TimeUnit.NANOSECONDS);
            waited += (Long) ran.get() - due;
        }
        // A wait is some 0.3 ms. It takes 5 to 20% of that from the end of a wait to the task's
        // first step. Without the due time, less than 70% was charged.
        assertThat(container.usage().queuedNanos()).isBetween(waited / 100 * 75, waited);
        pool.shutdown();
    }

    /** Two seconds pass before it is triggered. */
    @Scenario
    static void dependentIsQueuedFromTheCompletionOfItsFuture() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        Container container = Containers.at("/queued-tasks/dependent");
        CompletableFuture<Object> trigger = new CompletableFuture<>();
        AtomicLong ran = new AtomicLong();
        CompletableFuture<Void> dependent;
        try (Scope scope = container.enter()) {
            dependent = trigger.thenRunAsync(() -> ran.set(System.nanoTime()), pool);
        }
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS))
                .get();
        long triggers = System.nanoTime();
        trigger.complete("");
        dependent.get();
        assertThat(container.usage().queuedNanos()).isBetween(1L, ran.get() - triggers);
        pool.shutdown();
    }

    /** Of tasks in a field, of tasks in a node of the queue, and of tasks in another queue. */
    @Scenario
    static void tasksThatWaitForASaturatedPoolAreInTheReading() throws Exception {
        ThreadPoolExecutor linked = oneWorker(new LinkedBlockingQueue<>());
        assertWaitingTasksAreRead("saturated", linked, linked::submit);
        assertWaitingTasksAreRead("saturated-nodes", linked, task -> executed(linked, task));
        linked.shutdown();
        ThreadPoolExecutor array = oneWorker(new ArrayBlockingQueue<>(10 * TASKS));
        assertWaitingTasksAreRead("saturated-array", array, array::submit);
        array.shutdown();
    }

    private static void assertWaitingTasksAreRead(String name, Executor pool, Submission submission)
            throws Exception {
        Container container = Containers.at("/queued-tasks/" + name);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        pool.execute(() -> Waits.await(gate));
        AtomicLong waits = new AtomicLong();
        long[] submitted = new long[TASKS];
        List<Future<?>> tasks = new ArrayList<>();
        try (Scope scope = container.enter()) {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                submitted[i] = System.nanoTime();
                tasks.add(submission.submit(() -> {
                    waits.addAndGet(System.nanoTime() - submitted[number]);
                    if (number == 0) {
                        Waits.await(next);
                    }
                }));
            }
        }
        spin(100_000_000);
        assertReading(container, 0, TASKS, submitted, waits.get());
        gate.countDown();
        while (container.usage().waits() == 0) {
            Thread.onSpinWait();
        }
        // The first has begun, and the others wait for it.
        spin(100_000_000);
        assertReading(container, 1, TASKS - 1, submitted, waits.get());
        next.countDown();
        for (Future<?> task : tasks) {
            task.get();
        }
        assertThat(container.usage().waits()).isEqualTo(TASKS);
        assertThat(container.usage().waiting()).isZero();
        assertIsMostOf(container.usage().queuedNanos(), waits.get());
    }

    /** @param waits of the tasks that have begun, by their own reckoning */
    private static void assertReading(
            Container container, int begun, int waiting, long[] submitted, long waits) {
        long before = waits + sinceAll(submitted, begun);
        Usage usage = container.usage();
        long after = waits + sinceAll(submitted, begun);
        assertThat(usage.waits()).isEqualTo(begun);
        assertThat(usage.waiting()).isEqualTo(waiting);
        assertThat(usage.queuedNanos()).isBetween(before / 100 * 95, after);
    }

    private static long sinceAll(long[] times, int from) {
        long now = System.nanoTime();
        long sum = 0;
        for (int i = from; i < times.length; i++) {
            sum += now - times[i];
        }
        return sum;
    }

    private static void spin(long nanos) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < nanos) {
            Thread.onSpinWait();
        }
    }

    @Scenario
    static void requestedDelayIsNotQueuedTime() throws Exception {
        Container container = Containers.at("/queued-tasks/delayed");
        try (Scope scope = container.enter()) {
            Executor delayed = CompletableFuture.delayedExecutor(
                    2, TimeUnit.SECONDS, task -> new Thread(task).start());
            CompletableFuture.runAsync(() -> {}, delayed).get();
        }
        assertThat(container.usage().queuedNanos()).isLessThan(1_000_000_000L);
    }

    @Scenario
    static void queuedTimeOfATaskOfTheRootIsNotCounted() throws Exception {
        ThreadPoolExecutor pool = oneWorker(new LinkedBlockingQueue<>());
        try (Scope scope = Containers.at("/queued-tasks/switches-hand-over-on").enter()) {
            pool.submit(() -> {}).get();
        }
        long before = Containers.root().ownUsage().queuedNanos();
        pool.submit(() -> {}).get();
        Containers.measure(() -> pool.submit(() -> {}).get());
        assertThat(Containers.root().ownUsage().queuedNanos()).isEqualTo(before);
        pool.shutdown();
    }

    private static ThreadPoolExecutor oneWorker(BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    }

    private static Future<?> executed(Executor pool, Runnable task) {
        CompletableFuture<Object> done = new CompletableFuture<>();
        pool.execute(() -> {
            task.run();
            done.complete("");
        });
        return done;
    }

    /** Two containers, of which one has ten times as many tasks. */
    private static void assertWaitsAreCounted(String name, Executor pool, Submission submission)
            throws Exception {
        Container few = Containers.at("/queued-tasks/" + name + "/few");
        Container many = Containers.at("/queued-tasks/" + name + "/many");
        AtomicLong waitsOfFew = new AtomicLong();
        AtomicLong waitsOfMany = new AtomicLong();
        CountDownLatch gate = new CountDownLatch(1);
        pool.execute(() -> Waits.await(gate));
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(submit(few, submission, waitsOfFew));
            for (int j = 0; j < 9; j++) {
                tasks.add(submit(many, submission, waitsOfMany));
            }
        }
        gate.countDown();
        for (Future<?> task : tasks) {
            task.get();
        }
        assertIsMostOf(few.usage().queuedNanos(), waitsOfFew.get());
        assertIsMostOf(many.usage().queuedNanos(), waitsOfMany.get());
    }

    private static Future<?> submit(Container in, Submission submission, AtomicLong waits) {
        try (Scope scope = in.enter()) {
            long submits = System.nanoTime();
            return submission.submit(() -> {
                waits.addAndGet(System.nanoTime() - submits);
                for (int i = 0; i < STEPS; i++) {
                    CpuLoad.work();
                }
            });
        }
    }

    /** The reckoning of the tasks has the pool's own work around each wait, too. */
    private static void assertIsMostOf(long queued, long waits) {
        assertThat(queued).isBetween(waits / 100 * 95, waits);
    }
}
