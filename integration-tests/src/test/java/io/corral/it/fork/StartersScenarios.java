package io.corral.it.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import io.corral.it.support.Latches;
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

/** Whatever starts a thread: its fork and its exit are counted once. */
final class StartersScenarios {

    private static final long TIMEOUT_SECONDS = 120;

    private StartersScenarios() {}

    @Scenario(21)
    static void threadOfAGroupForksAndExitsOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        new Thread(new ThreadGroup("starters"), told::here).start();
        told.awaitSeen(1);
        told.hasSeenOnly(1);
    }

    @Scenario(21)
    static void unstartedVirtualThreadForksAndExitsOnce(ThreadKind kind) {
        ToldOnce told = ToldOnce.registered();
        kind.run(told::here);
        told.hasSeenOnly(1);
    }

    @Scenario(value = 21, since = 21)
    static void threadOfABuilderForksAndExitsOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        for (String of : new String[] {"ofPlatform", "ofVirtual"}) {
            Object builder = Thread.class.getMethod(of).invoke(null);
            Class.forName("java.lang.Thread$Builder")
                    .getMethod("start", Runnable.class)
                    .invoke(builder, (Runnable) told::here);
        }
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                told::here);
        told.awaitSeen(3);
        told.hasSeenOnly(3);
    }

    @Scenario(21)
    static void workersOfAPoolForkAndExitOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        runTogether(told, pool, 3);
        told.hasSeenOnly(3);
    }

    @Scenario(21)
    static void workerOfAScheduledPoolForksAndExitsOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        pool.schedule(told::here, 1, TimeUnit.MILLISECONDS).get();
        shutDown(pool);
        told.hasSeenOnly(1);
    }

    @Scenario(value = 21, since = 21)
    static void threadPerTaskForksAndExitsOnce(ThreadKind kind) throws Exception {
        ToldOnce told = ToldOnce.registered();
        Method make = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
        ThreadFactory factory = kind::unstarted;
        runTogether(told, (ExecutorService) make.invoke(null, factory), 20);
        told.hasSeenOnly(20);
    }

    @Scenario(21)
    static void threadOfATimerForksAndExitsOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        Timer timer = new Timer("starters");
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        told.here();
                        timer.cancel();
                    }
                },
                1);
        told.awaitSeen(1);
        told.hasSeenOnly(1);
    }

    @Scenario(21)
    static void workersOfAForkJoinPoolForkAndExitOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        runTogether(told, new ForkJoinPool(3), 3);
        told.joinAll();
    }

    @Scenario(21)
    static void workersOfAParallelStreamForkAndExitOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        ForkJoinPool pool = new ForkJoinPool(3);
        ForkJoinTask<?> stream =
                pool.submit(() -> IntStream.range(0, 1000).parallel().forEach(i -> told.here()));
        stream.get();
        shutDown(pool);
        told.joinAll();
    }

    @Scenario(21)
    static void workersOfTheCommonPoolForkOnceAndStayAlive() throws Exception {
        ToldOnce told = ToldOnce.registered();
        CountDownLatch both = new CountDownLatch(2);
        Runnable task = () -> {
            told.here();
            both.countDown();
            Latches.await(both);
        };
        CompletableFuture.allOf(CompletableFuture.runAsync(task), CompletableFuture.runAsync(task))
                .get();
        told.isForkedAndAlive();
    }

    /** Of a preview class, which is not the same on 21 and 25. */
    @Scenario(value = 21, since = 21)
    static void subtasksOfAStructuredTaskScopeForkAndExitOnce() throws Exception {
        ToldOnce told = ToldOnce.registered();
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Object scope = Runtime.version().feature() == 21
                ? type.getConstructor().newInstance()
                : type.getMethod("open").invoke(null);
        Callable<String> subtask = () -> {
            told.here();
            return "done";
        };
        for (int i = 0; i < 5; i++) {
            type.getMethod("fork", Callable.class).invoke(scope, subtask);
        }
        type.getMethod("join").invoke(scope);
        type.getMethod("close").invoke(scope);
        told.hasSeenOnly(5);
    }

    /** As many tasks at a time, so that each has a thread of its own. */
    private static void runTogether(ToldOnce told, ExecutorService pool, int tasks)
            throws Exception {
        CountDownLatch all = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                told.here();
                all.countDown();
                Latches.await(all);
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
