package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Each way to hand a task to another thread charges the submitter's container. */
final class HandOverScenarios {

    private static final ExecutorService POOL =
            Executors.newFixedThreadPool(2, task -> new Thread(task, "shared-1"));

    private HandOverScenarios() {}

    @Scenario({14, 15})
    static void execute() throws Exception {
        new Shares("execute").areOneToThree(POOL::execute);
    }

    @Scenario
    static void submitOfARunnable() throws Exception {
        new Shares("submit").areOneToThree(POOL::submit);
    }

    @Scenario
    static void submitOfACallable() throws Exception {
        new Shares("callable").areOneToThree(unit -> POOL.submit(Executors.callable(unit)));
    }

    @Scenario
    static void invokeAll() throws Exception {
        new Shares("invokeAll")
                .areOneToThree(unit -> POOL.invokeAll(List.of(Executors.callable(unit))));
    }

    @Scenario
    static void completionService() throws Exception {
        ExecutorCompletionService<Object> service = new ExecutorCompletionService<>(POOL);
        new Shares("completion").areOneToThree(unit -> service.submit(unit, "done"));
    }

    @Scenario
    static void executorThatWrapsAnother() throws Exception {
        ExecutorService wrapper = Executors.unconfigurableExecutorService(POOL);
        new Shares("wrapper").areOneToThree(unit -> wrapper.execute(() -> unit.run()));
    }

    @Scenario
    static void workStealingPool() throws Exception {
        ExecutorService pool = Executors.newWorkStealingPool(2);
        new Shares("stealing").areOneToThree(pool::submit);
        pool.shutdown();
    }

    @Scenario
    static void schedule() throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        new Shares("schedule")
                .areOneToThreeWithWaits(unit -> pool.schedule(unit, 1, TimeUnit.MILLISECONDS));
        pool.shutdown();
    }

    @Scenario
    static void taskRepeatedAtARate() throws Exception {
        repeated(
                "rate",
                (pool, task) -> pool.scheduleAtFixedRate(task, 0, 100, TimeUnit.MICROSECONDS));
    }

    @Scenario
    static void taskRepeatedWithADelay() throws Exception {
        repeated(
                "delay",
                (pool, task) -> pool.scheduleWithFixedDelay(task, 0, 100, TimeUnit.MICROSECONDS));
    }

    private static void repeated(
            String name,
            BiFunction<ScheduledExecutorService, Runnable, ScheduledFuture<?>> schedule)
            throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        new Shares("repeated-" + name).areOneToThreeWithWaits(unit -> {
            CountDownLatch twice = new CountDownLatch(2);
            ScheduledFuture<?> repeated = schedule.apply(pool, () -> runTheSecondTime(unit, twice));
            twice.await();
            repeated.cancel(false);
        });
        pool.shutdown();
    }

    private static void runTheSecondTime(Runnable unit, CountDownLatch twice) {
        if (twice.getCount() == 1) {
            unit.run();
        }
        twice.countDown();
    }

    @Scenario
    static void forkJoinTask() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        new Shares("fork-join").areOneToThree(unit -> pool.execute(new Half(unit, 2)));
        pool.shutdown();
    }

    /** Splits itself, and runs the unit in one of its leaves. */
    private static final class Half extends RecursiveAction {
        private static final long serialVersionUID = 1;
        private final transient Runnable unit;
        private final int depth;

        Half(Runnable unit, int depth) {
            this.unit = unit;
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                unit.run();
            } else {
                invokeAll(new Half(unit, depth - 1), new Half(() -> {}, depth - 1));
            }
        }
    }

    @Scenario
    static void parallelStream() throws Exception {
        new Shares("stream")
                .areOneToThree(unit -> IntStream.range(0, 8).parallel().forEach(i -> {
                    if (i == 3) {
                        unit.run();
                    }
                }));
    }

    @Scenario
    static void timer() throws Exception {
        Timer timer = new Timer("hand-over-1", true);
        new Shares("timer").areOneToThreeWithWaits(unit -> timer.schedule(timed(unit), 1));
        timer.cancel();
    }

    @Scenario
    static void timerThatRepeats() throws Exception {
        Timer timer = new Timer("hand-over-2", true);
        new Shares("timer-repeats").areOneToThreeWithWaits(unit -> {
            CountDownLatch twice = new CountDownLatch(2);
            TimerTask task = timed(() -> runTheSecondTime(unit, twice));
            timer.schedule(task, 0, 1);
            twice.await();
            task.cancel();
        });
        timer.cancel();
    }

    private static TimerTask timed(Runnable unit) {
        return new TimerTask() {
            @Override
            public void run() {
                unit.run();
            }
        };
    }

    @Scenario
    static void publisher() throws Exception {
        new Shares("publisher").areOneToThree(unit -> {
            try (SubmissionPublisher<Runnable> publisher = new SubmissionPublisher<>(POOL, 16)) {
                CompletableFuture<Void> consumed = publisher.consume(Runnable::run);
                publisher.submit(unit);
                publisher.close();
                consumed.get();
            }
        });
    }

    @Scenario
    static void taskOnANewThread(ThreadKind kind) throws Exception {
        new Shares("own-" + kind).areOneToThree(unit -> ThreadKind.join(kind.start(unit)));
    }

    @Scenario(since = 21)
    static void threadsOfAFactory(ThreadKind kind) throws Exception {
        Object builder = Thread.class
                .getMethod(kind == ThreadKind.VIRTUAL ? "ofVirtual" : "ofPlatform")
                .invoke(null);
        ThreadFactory factory = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        new Shares("factory-" + kind).areOneToThree(unit -> {
            Thread thread = factory.newThread(unit);
            thread.start();
            thread.join();
        });
    }

    @Scenario(since = 21)
    static void platformThreadForEachTask() throws Exception {
        ThreadFactory factory = ThreadKind.PLATFORM::unstarted;
        ExecutorService pool = (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, factory);
        new Shares("platform").areOneToThree(unit -> pool.submit(unit).get());
        pool.shutdown();
    }

    @Scenario(since = 21)
    static void virtualThreadForEachTask() throws Exception {
        ExecutorService pool = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        new Shares("virtual").areOneToThree(pool::submit);
        pool.shutdown();
    }

    @Scenario(since = 21)
    static void structuredTaskScope() throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        new Shares("structured").areOneToThree(unit -> {
            Object scope = Runtime.version().feature() == 21
                    ? type.getConstructor().newInstance()
                    : type.getMethod("open").invoke(null);
            Callable<Object> subtask = Executors.callable(unit);
            type.getMethod("fork", Callable.class).invoke(scope, subtask);
            type.getMethod("join").invoke(scope);
            type.getMethod("close").invoke(scope);
        });
    }

    /** Its name makes it run last. */
    @Scenario
    static void zPoolIsChargedOnlyItsOverhead() {
        long pool = io.corral.Containers.at("/pools/shared").usage().cpuNanos();
        long handedOver = io.corral.Containers.at("/hand-over").usage().cpuNanos();
        assertThat(pool).isPositive().isLessThan(handedOver / 20);
    }
}
