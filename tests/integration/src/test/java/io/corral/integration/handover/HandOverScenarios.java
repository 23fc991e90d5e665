package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
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
    static void executeChargesTheSubmitter() throws Exception {
        new Shares("execute").assertOneToThree(POOL::execute);
    }

    @Scenario
    static void submittedRunnableChargesTheSubmitter() throws Exception {
        new Shares("submit").assertOneToThree(POOL::submit);
    }

    @Scenario
    static void submittedCallableChargesTheSubmitter() throws Exception {
        new Shares("callable").assertOneToThree(unit -> POOL.submit(Executors.callable(unit)));
    }

    @Scenario
    static void invokeAllChargesTheSubmitter() throws Exception {
        new Shares("invokeAll")
                .assertOneToThree(unit -> POOL.invokeAll(List.of(Executors.callable(unit))));
    }

    @Scenario
    static void completionServiceChargesTheSubmitter() throws Exception {
        ExecutorCompletionService<Object> service = new ExecutorCompletionService<>(POOL);
        new Shares("completion").assertOneToThree(unit -> service.submit(unit, "done"));
    }

    @Scenario
    static void wrappedExecutorChargesTheSubmitter() throws Exception {
        ExecutorService wrapper = Executors.unconfigurableExecutorService(POOL);
        new Shares("wrapper").assertOneToThree(unit -> wrapper.execute(() -> unit.run()));
    }

    @Scenario
    static void workStealingPoolChargesTheSubmitter() throws Exception {
        ExecutorService pool = Executors.newWorkStealingPool(2);
        new Shares("stealing").assertOneToThree(pool::submit);
        pool.shutdown();
    }

    @Scenario
    static void scheduledTaskChargesTheSubmitter() throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        new Shares("schedule")
                .assertOneToThreeWithWaits(unit -> pool.schedule(unit, 1, TimeUnit.MILLISECONDS));
        pool.shutdown();
    }

    @Scenario
    static void taskAtAFixedRateChargesTheSubmitter() throws Exception {
        repeated(
                "rate",
                (pool, task) -> pool.scheduleAtFixedRate(task, 0, 100, TimeUnit.MICROSECONDS));
    }

    @Scenario
    static void taskWithAFixedDelayChargesTheSubmitter() throws Exception {
        repeated(
                "delay",
                (pool, task) -> pool.scheduleWithFixedDelay(task, 0, 100, TimeUnit.MICROSECONDS));
    }

    private static void repeated(
            String name,
            BiFunction<ScheduledExecutorService, Runnable, ScheduledFuture<?>> schedule)
            throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        new Shares("repeated-" + name).assertOneToThreeWithWaits(unit -> {
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
    static void forkJoinTaskChargesTheSubmitter() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        new Shares("fork-join").assertOneToThree(unit -> pool.execute(new SplittingTask(unit, 2)));
        pool.shutdown();
    }

    /** Splits itself, and runs the unit in one of its leaves. */
    private static final class SplittingTask extends RecursiveAction {
        private static final long serialVersionUID = 1;
        private final transient Runnable unit;
        private final int depth;

        SplittingTask(Runnable unit, int depth) {
            this.unit = unit;
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                unit.run();
            } else {
                invokeAll(
                        new SplittingTask(unit, depth - 1), new SplittingTask(() -> {}, depth - 1));
            }
        }
    }

    @Scenario
    static void parallelStreamChargesTheSubmitter() throws Exception {
        new Shares("stream")
                .assertOneToThree(unit -> IntStream.range(0, 8).parallel().forEach(i -> {
                    if (i == 3) {
                        unit.run();
                    }
                }));
    }

    @Scenario
    static void timerChargesTheSubmitter() throws Exception {
        Timer timer = new Timer("hand-over-1", true);
        new Shares("timer").assertOneToThreeWithWaits(unit -> timer.schedule(timed(unit), 1));
        timer.cancel();
    }

    @Scenario
    static void repeatingTimerChargesTheSubmitter() throws Exception {
        Timer timer = new Timer("hand-over-2", true);
        new Shares("timer-repeats").assertOneToThreeWithWaits(unit -> {
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
    static void publisherChargesTheSubmitter() throws Exception {
        new Shares("publisher").assertOneToThree(unit -> {
            try (SubmissionPublisher<Runnable> publisher = new SubmissionPublisher<>(POOL, 16)) {
                CompletableFuture<Void> consumed = publisher.consume(Runnable::run);
                publisher.submit(unit);
                publisher.close();
                consumed.get();
            }
        });
    }

    @Scenario
    static void newThreadChargesTheStarter(ThreadKind kind) throws Exception {
        new Shares("own-" + kind).assertOneToThree(unit -> ThreadKind.join(kind.start(unit)));
    }

    @Scenario(since = 21)
    static void threadOfAFactoryChargesTheStarter(ThreadKind kind) throws Exception {
        Object builder = Thread.class
                .getMethod(kind == ThreadKind.VIRTUAL ? "ofVirtual" : "ofPlatform")
                .invoke(null);
        ThreadFactory factory = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        new Shares("factory-" + kind).assertOneToThree(unit -> {
            Thread thread = factory.newThread(unit);
            thread.start();
            thread.join();
        });
    }

    @Scenario(since = 21)
    static void platformThreadPerTaskChargesTheSubmitter() throws Exception {
        ThreadFactory factory = ThreadKind.PLATFORM::unstarted;
        ExecutorService pool = (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, factory);
        new Shares("platform").assertOneToThree(unit -> pool.submit(unit).get());
        pool.shutdown();
    }

    @Scenario(since = 21)
    static void virtualThreadPerTaskChargesTheSubmitter() throws Exception {
        ExecutorService pool = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        new Shares("virtual").assertOneToThree(pool::submit);
        pool.shutdown();
    }

    @Scenario(since = 21)
    static void structuredTaskScopeChargesTheSubmitter() throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        new Shares("structured").assertOneToThree(unit -> {
            Object scope = Runtime.version().feature() == 21
                    ? type.getConstructor().newInstance()
                    : type.getMethod("open").invoke(null);
            Callable<Object> subtask = Executors.callable(unit);
            type.getMethod("fork", Callable.class).invoke(scope, subtask);
            type.getMethod("join").invoke(scope);
            type.getMethod("close").invoke(scope);
        });
    }

    @Scenario
    static void poolIsChargedOnlyItsOverhead() throws Exception {
        Container pool = Containers.at("/pools/shared");
        Container submitters = Containers.at("/hand-over/overhead");
        long poolBefore = pool.usage().cpuNanos();
        new Shares("overhead").assertOneToThree(POOL::execute);
        assertThat(pool.usage().cpuNanos() - poolBefore)
                .isPositive()
                .isLessThan(submitters.usage().cpuNanos() / 20);
    }
}
