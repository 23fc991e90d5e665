package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.lang.reflect.Method;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Each way to start a thread counts one fork and one exit. */
final class ThreadStartScenarios {

    private static final long TIMEOUT_SECONDS = 120;

    private ThreadStartScenarios() {}

    @Scenario(21)
    static void threadOfAGroupForksAndExitsOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        new Thread(new ThreadGroup("starters"), counts::recordThread).start();
        counts.awaitSeen(1);
        counts.assertOnly(1);
    }

    @Scenario(21)
    static void unstartedVirtualThreadForksAndExitsOnce(ThreadKind kind) {
        CallbackCounts counts = CallbackCounts.registered();
        kind.run(counts::recordThread);
        counts.assertOnly(1);
    }

    @Scenario(value = 21, since = 21)
    static void threadOfABuilderForksAndExitsOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        for (String of : new String[] {"ofPlatform", "ofVirtual"}) {
            Object builder = Thread.class.getMethod(of).invoke(null);
            Class.forName("java.lang.Thread$Builder")
                    .getMethod("start", Runnable.class)
                    .invoke(builder, (Runnable) counts::recordThread);
        }
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                counts::recordThread);
        counts.awaitSeen(3);
        counts.assertOnly(3);
    }

    @Scenario(21)
    static void workersOfAPoolForkAndExitOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        runTogether(counts, pool, 3);
        counts.assertOnly(3);
    }

    @Scenario(21)
    static void workerOfAScheduledPoolForksAndExitsOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        pool.schedule(counts::recordThread, 1, TimeUnit.MILLISECONDS).get();
        shutDown(pool);
        counts.assertOnly(1);
    }

    @Scenario(value = 21, since = 21)
    static void threadPerTaskForksAndExitsOnce(ThreadKind kind) throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        Method make = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
        ThreadFactory factory = kind::unstarted;
        runTogether(counts, (ExecutorService) make.invoke(null, factory), 20);
        counts.assertOnly(20);
    }

    @Scenario(21)
    static void threadOfATimerForksAndExitsOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        Timer timer = new Timer("starters");
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        counts.recordThread();
                        timer.cancel();
                    }
                },
                1);
        counts.awaitSeen(1);
        counts.assertOnly(1);
    }

    @Scenario(21)
    static void workersOfAForkJoinPoolForkAndExitOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        runTogether(counts, new ForkJoinPool(3), 3);
        counts.joinAll();
    }

    @Scenario(21)
    static void workersOfAParallelStreamForkAndExitOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        ForkJoinPool pool = new ForkJoinPool(3);
        ForkJoinTask<?> stream = pool.submit(
                () -> IntStream.range(0, 1000).parallel().forEach(i -> counts.recordThread()));
        stream.get();
        shutDown(pool);
        counts.joinAll();
    }

    @Scenario(21)
    static void workersOfTheCommonPoolForkOnceAndStayAlive() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        CountDownLatch both = new CountDownLatch(2);
        Runnable task = () -> {
            counts.recordThread();
            both.countDown();
            Waits.await(both);
        };
        CompletableFuture.allOf(CompletableFuture.runAsync(task), CompletableFuture.runAsync(task))
                .get();
        counts.isForkedAndAlive();
    }

    /** Reflection, because this preview class differs between 21 and 25. */
    @Scenario(value = 21, since = 21)
    static void subtasksOfAStructuredTaskScopeForkAndExitOnce() throws Exception {
        CallbackCounts counts = CallbackCounts.registered();
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Object scope = Runtime.version().feature() == 21
                ? type.getConstructor().newInstance()
                : type.getMethod("open").invoke(null);
        Callable<String> subtask = () -> {
            counts.recordThread();
            return "done";
        };
        for (int i = 0; i < 5; i++) {
            type.getMethod("fork", Callable.class).invoke(scope, subtask);
        }
        type.getMethod("join").invoke(scope);
        type.getMethod("close").invoke(scope);
        counts.assertOnly(5);
    }

    /** Runs so many tasks at the same time, so that each needs a separate thread. */
    private static void runTogether(CallbackCounts counts, ExecutorService pool, int tasks)
            throws Exception {
        CountDownLatch all = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                counts.recordThread();
                all.countDown();
                Waits.await(all);
            });
        }
        all.await();
        shutDown(pool);
    }

    private static void shutDown(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
