package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tasks that were handed over from a container and that no worker will ever run. */
final class HandOverLeakScenarios {

    private static final int TASKS = 1_000;
    private static final int MAX_COLLECTIONS = 100;
    private static final long TIMEOUT_SECONDS = 60;

    private HandOverLeakScenarios() {}

    @Scenario
    static void tasksThatThePoolDiscardsForNewerOnesAreCollected() {
        for (BlockingQueue<Runnable> queue : queuesFor(10)) {
            try (BusyPool pool = new BusyPool("discards-1", queue)) {
                pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());
                List<WeakReference<Runnable>> tasks = submit(pool, TASKS);
                assertAtMostRemain(10, tasks);
            }
        }
    }

    /** Together the tasks need ten times the heap. */
    @Scenario
    static void discardedTasksDoNotExhaustTheHeap() {
        try (BusyPool pool = new BusyPool("discards-2", new ArrayBlockingQueue<>(10))) {
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());
            try (Scope scope = Containers.at("/leak/heap").enter()) {
                for (int i = 0; i < 80_000; i++) {
                    pool.execute(new Payload(new byte[16_384]));
                }
            }
        }
    }

    @Scenario
    static void tasksThatAPoolReturnsAtItsShutdownAreCollected() {
        for (BlockingQueue<Runnable> queue : queuesFor(TASKS)) {
            try (BusyPool pool = new BusyPool("ends-1", queue)) {
                List<WeakReference<Runnable>> tasks = submit(pool, TASKS);
                pool.shutdownNow();
                assertAtMostRemain(0, tasks);
            }
        }
    }

    @Scenario
    static void tasksThatTheApplicationDrainsFromTheQueueAreCollected() {
        for (BlockingQueue<Runnable> queue : queuesFor(TASKS)) {
            try (BusyPool pool = new BusyPool("drained-1", queue)) {
                List<WeakReference<Runnable>> tasks = submit(pool, TASKS);
                assertThat(drain(queue)).isEqualTo(TASKS);
                assertAtMostRemain(0, tasks);
            }
        }
    }

    private static int drain(BlockingQueue<Runnable> queue) {
        return queue.drainTo(new ArrayList<>());
    }

    @Scenario
    static void tasksThatTheApplicationPollsFromTheQueueAreCollected() {
        for (BlockingQueue<Runnable> queue : queuesFor(TASKS)) {
            try (BusyPool pool = new BusyPool("polled-1", queue)) {
                List<WeakReference<Runnable>> tasks = submit(pool, TASKS);
                while (queue.poll() != null) {
                    // Neither the queue nor the application refers to it afterwards.
                }
                assertAtMostRemain(0, tasks);
            }
        }
    }

    @Scenario
    static void abandonedPoolIsCollectedWithItsTasks() {
        for (int i = 0; i < queuesFor(TASKS).size(); i++) {
            assertAtMostRemain(0, giveUpPool(queuesFor(TASKS).get(i)));
        }
    }

    /** Its factory makes no thread, so the tasks stay in the queue. */
    private static List<WeakReference<?>> giveUpPool(BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(0, 1, 1, TimeUnit.HOURS, queue, task -> null);
        List<WeakReference<?>> given = new ArrayList<>(submit(pool, TASKS));
        given.add(new WeakReference<>(pool));
        return given;
    }

    @Scenario
    static void tasksThatThePoolRejectsAreCollected() {
        try (BusyPool pool = new BusyPool("rejects-1", new ArrayBlockingQueue<>(1))) {
            pool.execute(() -> {});
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
            assertAtMostRemain(0, submit(pool, TASKS));
        }
    }

    @Scenario
    static void cancelledTasksOfASchedulerThatDecoratesThemAreCollected() throws Exception {
        DecoratingScheduler scheduler = new DecoratingScheduler();
        List<WeakReference<?>> tasks = scheduleAndCancel(scheduler);
        // Waits until no worker refers to one of the tasks.
        scheduler.invokeAll(Collections.nCopies(100, (Callable<Void>) () -> null));
        scheduler.purge();
        assertAtMostRemain(0, tasks);
        scheduler.shutdownNow();
        assertThat(scheduler.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Scenario
    static void delayedTasksThatASchedulerDropsAtItsShutdownAreCollected() throws Exception {
        DecoratingScheduler scheduler = new DecoratingScheduler();
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        List<WeakReference<?>> tasks = weakly(schedule(scheduler));
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertAtMostRemain(0, tasks);
    }

    private static List<WeakReference<?>> scheduleAndCancel(DecoratingScheduler scheduler) {
        List<ScheduledFuture<?>> futures = schedule(scheduler);
        Collections.shuffle(futures);
        for (ScheduledFuture<?> future : futures) {
            future.cancel(false);
        }
        return weakly(futures);
    }

    private static List<WeakReference<?>> weakly(List<ScheduledFuture<?>> futures) {
        List<WeakReference<?>> weak = new ArrayList<>();
        for (ScheduledFuture<?> future : futures) {
            weak.add(new WeakReference<>(future));
        }
        return weak;
    }

    private static List<ScheduledFuture<?>> schedule(DecoratingScheduler scheduler) {
        List<ScheduledFuture<?>> futures = new ArrayList<>();
        try (Scope scope = Containers.at("/leak/scheduled").enter()) {
            for (int i = 0; i < 100; i++) {
                futures.add(scheduler.schedule(() -> {}, i + 1L, TimeUnit.HOURS));
            }
        }
        return futures;
    }

    /** These carry their submitter in a field. */
    @Scenario
    static void discardedFuturesAreCollected() {
        try (BusyPool pool = new BusyPool("discards-3", new ArrayBlockingQueue<>(10))) {
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());
            List<WeakReference<Runnable>> tasks = new ArrayList<>();
            try (Scope scope = Containers.at("/leak/futures").enter()) {
                for (int i = 0; i < TASKS; i++) {
                    Runnable task = new FutureTask<>(() -> {}, null);
                    tasks.add(new WeakReference<>(task));
                    pool.execute(task);
                }
            }
            assertAtMostRemain(10, tasks);
        }
    }

    /** Some programs walk the JDK's objects by reflection, to see what these retain. */
    @Scenario
    static void addedFieldsAreNullUntilATaskIsHandedOver() throws Exception {
        LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        queue.put(() -> {});
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, queue, task -> null);
        for (Object owner : List.of(queue, pool, new FutureTask<>(() -> null))) {
            for (Field field : owner.getClass().getDeclaredFields()) {
                if (field.getName().startsWith("corral$")) {
                    assertThat(field.get(owner)).as(field.toString()).isNull();
                }
            }
        }
    }

    /** One pool whose queue nodes have a field for submitters, and two pools that need a table. */
    private static List<BlockingQueue<Runnable>> queuesFor(int tasks) {
        return List.of(
                new LinkedBlockingQueue<>(tasks),
                new LinkedBlockingDeque<>(tasks),
                new ArrayBlockingQueue<>(tasks));
    }

    private static List<WeakReference<Runnable>> submit(ThreadPoolExecutor pool, int count) {
        List<WeakReference<Runnable>> tasks = new ArrayList<>();
        try (Scope scope = Containers.at("/leak/submitter").enter()) {
            for (int i = 0; i < count; i++) {
                Runnable task = new Payload(new byte[0]);
                tasks.add(new WeakReference<>(task));
                pool.execute(task);
            }
        }
        return tasks;
    }

    /** Separate objects, as lambdas that capture a value are. */
    private static final class Payload implements Runnable {

        private final byte[] bytes;

        Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void run() {
            assertThat(bytes).isNotNull();
        }
    }

    private static void assertAtMostRemain(int most, List<? extends WeakReference<?>> tasks) {
        for (int i = 0; i < MAX_COLLECTIONS && remaining(tasks) > most; i++) {
            System.gc();
        }
        assertThat(remaining(tasks)).isLessThanOrEqualTo(most);
    }

    private static long remaining(List<? extends WeakReference<?>> tasks) {
        return tasks.stream().filter(task -> task.get() != null).count();
    }

    /** Its tasks are of a class of the application's. */
    private static final class DecoratingScheduler extends ScheduledThreadPoolExecutor {

        DecoratingScheduler() {
            super(10);
        }

        @Override
        protected <V> RunnableScheduledFuture<V> decorateTask(
                Runnable runnable, RunnableScheduledFuture<V> task) {
            return new Decorated<>(task);
        }

        @Override
        protected <V> RunnableScheduledFuture<V> decorateTask(
                Callable<V> callable, RunnableScheduledFuture<V> task) {
            return new Decorated<>(task);
        }
    }

    private static final class Decorated<V> implements RunnableScheduledFuture<V> {

        private final RunnableScheduledFuture<V> task;

        Decorated(RunnableScheduledFuture<V> task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public boolean isPeriodic() {
            return task.isPeriodic();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return task.getDelay(unit);
        }

        @Override
        public int compareTo(Delayed other) {
            return task.compareTo(other instanceof Decorated<?> decorated ? decorated.task : other);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            return task.cancel(mayInterrupt);
        }

        @Override
        public boolean isCancelled() {
            return task.isCancelled();
        }

        @Override
        public boolean isDone() {
            return task.isDone();
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            return task.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            return task.get(timeout, unit);
        }
    }
}
