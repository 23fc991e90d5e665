package io.corral.field.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All ways, with pools, timers and publishers of their own. */
@SuppressWarnings("FutureReturnValueIgnored") // the tasks themselves report where they ran
final class Submissions {

    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, Submission> byName = new TreeMap<>();
    private final List<ExecutorService> pools = new ArrayList<>();

    private final Timer timer = new Timer("ways-timer", true);
    private final ForkJoinPool publishing = pool(new ForkJoinPool(1));

    Submissions() {
        addPools();
        addScheduled();
        addForkJoin();
        addFutures();
        addThreads();
        byName.put("timer", task -> timer.schedule(timerTask(task, 1), 1));
        byName.put("timer, repeated", task -> timer.schedule(timerTask(task, 2), 1, 1));
        byName.put("SubmissionPublisher", this::publish);
        // For one way alone.
        byName.keySet().removeIf(way -> !way.matches(System.getProperty("field.ways", ".*")));
    }

    Map<String, Submission> byName() {
        return byName;
    }

    /** How often a task runs that is given this way. */
    static int runs(String way) {
        return way.contains("repeated") ? 2 : 1;
    }

    private <P extends ExecutorService> P pool(P pool) {
        pools.add(pool);
        return pool;
    }

    private static ThreadPoolExecutor poolWith(BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, queue);
    }

    private void addPools() {
        ExecutorService fixed = pool(Executors.newFixedThreadPool(2));
        byName.put("fixed.execute", fixed::execute);
        byName.put("fixed.submit(Runnable)", fixed::submit);
        byName.put("fixed.submit(Callable)", task -> fixed.submit(callable(task)));
        byName.put("fixed.invokeAll", task -> fixed.invokeAll(List.of(callable(task))));
        byName.put("fixed.invokeAny", task -> fixed.invokeAny(List.of(callable(task))));
        byName.put("fixed.execute(FutureTask)", task -> fixed.execute(future(task)));
        byName.put(
                "ExecutorCompletionService",
                task -> new ExecutorCompletionService<>(fixed)
                        .submit(callable(task))
                        .get());
        ExecutorService single = pool(Executors.newSingleThreadExecutor());
        byName.put("single.execute", single::execute);
        ExecutorService cached = pool(Executors.newCachedThreadPool());
        byName.put("cached.execute", cached::execute);
        byName.put("cached.submit", cached::submit);
        byName.put("cached.invokeAll", task -> cached.invokeAll(List.of(callable(task))));
        ExecutorService array = pool(poolWith(new ArrayBlockingQueue<>(8)));
        byName.put("array.execute", array::execute);
        byName.put("array.submit", array::submit);
        ExecutorService sorted = pool(poolWith(new PriorityBlockingQueue<>()));
        byName.put(
                "priority.execute", task -> sorted.execute(new SubmissionTasks.Comparative(task)));
    }

    private void addScheduled() {
        ScheduledExecutorService scheduled = pool(Executors.newScheduledThreadPool(1));
        byName.put("scheduled.execute", scheduled::execute);
        byName.put("scheduled.submit", scheduled::submit);
        byName.put(
                "scheduled.schedule", task -> scheduled.schedule(task, 1, TimeUnit.MILLISECONDS));
        byName.put(
                "scheduled.atFixedRate, repeated",
                task -> scheduled.scheduleAtFixedRate(
                        endingAfter(task, 2), 1, 1, TimeUnit.MILLISECONDS));
        byName.put(
                "scheduled.withFixedDelay, repeated",
                task -> scheduled.scheduleWithFixedDelay(
                        endingAfter(task, 2), 1, 1, TimeUnit.MILLISECONDS));
        ScheduledThreadPoolExecutor one = pool(new ScheduledThreadPoolExecutor(1));
        one.setRemoveOnCancelPolicy(true);
        byName.put("scheduled.invokeAll", task -> one.invokeAll(List.of(callable(task))));
    }

    private void addForkJoin() {
        ForkJoinPool pool = pool(new ForkJoinPool(2));
        byName.put("forkJoin.execute", pool::execute);
        byName.put("forkJoin.submit", task -> pool.submit(callable(task)));
        byName.put("forkJoin.invoke", task -> pool.invoke(ForkJoinTask.adapt(task)));
        byName.put("forkJoin.invokeAll", task -> pool.invokeAll(List.of(callable(task))));
        byName.put("ForkJoinTask.fork", task -> pool.invoke(forking(task)));
        byName.put("fork from outside", task -> ForkJoinTask.adapt(task).fork());
        byName.put("common.submit", ForkJoinPool.commonPool()::submit);
        byName.put("parallel stream", Submissions::stream);
        if (pool instanceof ScheduledExecutorService scheduled) {
            byName.put(
                    "forkJoin.schedule",
                    task -> scheduled.schedule(task, 1, TimeUnit.MILLISECONDS));
        }
    }

    private void addFutures() {
        ExecutorService fixed = pool(Executors.newFixedThreadPool(1));
        byName.put("runAsync", CompletableFuture::runAsync);
        byName.put("runAsync(executor)", task -> CompletableFuture.runAsync(task, fixed));
        byName.put("supplyAsync", task -> CompletableFuture.supplyAsync(() -> called(task)));
        byName.put(
                "supplyAsync(executor)",
                task -> CompletableFuture.supplyAsync(() -> called(task), fixed));
        byName.put(
                "completeAsync",
                task -> new CompletableFuture<>().completeAsync(() -> called(task)));
        byName.put("thenRunAsync", task -> dependent(start -> start.thenRunAsync(task)));
        byName.put(
                "thenApplyAsync(executor)",
                task -> dependent(start -> start.thenApplyAsync(value -> called(task), fixed)));
        byName.put(
                "handleAsync",
                task -> dependent(start -> start.handleAsync((value, thrown) -> called(task))));
        byName.put(
                "delayedExecutor",
                task -> CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)
                        .execute(task));
        byName.put(
                "delayedExecutor(executor)",
                task -> CompletableFuture.runAsync(
                        task, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, fixed)));
    }

    private void addThreads() {
        byName.put("Thread", task -> new Thread(task, "ways-thread").start());
        byName.put("subclass of Thread", task -> own(task).start());
        if (Runtime.version().feature() >= 21) {
            byName.put("virtual thread", Submissions::startVirtual);
            ExecutorService virtual = pool(perTask("newVirtualThreadPerTaskExecutor"));
            byName.put("virtual per task", virtual::submit);
            ExecutorService platform =
                    pool(perTask("newThreadPerTaskExecutor", Executors.defaultThreadFactory()));
            byName.put("thread per task", platform::submit);
        }
    }

    /** A dependent that is made here, and whose future another thread completes. */
    private static void dependent(Consumer<CompletableFuture<Object>> made) {
        CompletableFuture<Object> start = new CompletableFuture<>();
        made.accept(start);
        SubmissionTasks.Completer.complete(start);
    }

    /** Runs the task on a thread that is not the caller. */
    private static void stream(Runnable task) {
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        IntStream.range(0, 2).parallel().forEach(each -> {
            both.countDown();
            await(both);
            if (Thread.currentThread() != caller) {
                task.run();
            }
        });
    }

    private void publish(Runnable task) {
        SubmissionPublisher<Runnable> publisher = new SubmissionPublisher<>(publishing, 8);
        publisher.consume(Runnable::run);
        publishing.awaitQuiescence(PATIENCE_SECONDS, TimeUnit.SECONDS);
        publisher.submit(task);
    }

    private static TimerTask timerTask(Runnable task, int runs) {
        Runnable counted = endingAfter(task, runs);
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    counted.run();
                } catch (Ended ended) {
                    cancel();
                }
            }
        };
    }

    /** Throws after its last run, which ends a repeated task. */
    private static Runnable endingAfter(Runnable task, int runs) {
        int[] left = {runs};
        return () -> {
            if (left[0]-- <= 0) {
                throw new Ended();
            }
            task.run();
        };
    }

    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Forks a task that runs after this one: a worker runs it, or another steals it. */
    private static ForkJoinTask<?> forking(Runnable task) {
        Runnable forking = () -> ForkJoinTask.adapt(task).fork();
        return ForkJoinTask.adapt(forking);
    }

    private static Thread own(Runnable task) {
        return new Thread("ways-own") {
            @Override
            public void run() {
                task.run();
            }
        };
    }

    private static FutureTask<Object> future(Runnable task) {
        return new FutureTask<>(task, null);
    }

    private static Callable<Object> callable(Runnable task) {
        return () -> called(task);
    }

    private static Object called(Runnable task) {
        task.run();
        return "";
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a task has not run");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void startVirtual(Runnable task) throws ReflectiveOperationException {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    private static ExecutorService perTask(String method, ThreadFactory... factories) {
        Class<?>[] types = new Class<?>[factories.length];
        Arrays.fill(types, ThreadFactory.class);
        try {
            return (ExecutorService)
                    Executors.class.getMethod(method, types).invoke(null, (Object[]) factories);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends all pools and waits for their threads. */
    void close() throws InterruptedException {
        timer.cancel();
        for (ExecutorService each : pools) {
            each.shutdown();
        }
        for (ExecutorService each : pools) {
            if (!each.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not ended: " + each);
            }
        }
    }
}
