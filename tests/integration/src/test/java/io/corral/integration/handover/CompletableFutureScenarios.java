package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@code CompletableFuture} is charged to the container of the thread that asked for
 * it, whichever thread completes the future and whatever the executor does. The default executor is
 * the common pool. Up to JDK 24, if that has one worker, each task gets a new thread.
 */
final class CompletableFutureScenarios {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    private CompletableFutureScenarios() {}

    @Scenario
    static void taskInTheDefaultPoolChargesTheSubmitter() throws Exception {
        new Shares("future").assertOneToThree(CompletableFuture::runAsync);
    }

    @Scenario
    static void taskOnAnExecutorChargesTheSubmitter() throws Exception {
        new Shares("future-on").assertOneToThree(unit -> CompletableFuture.runAsync(unit, POOL));
    }

    /** No hook sees what the executor does with the task. */
    @Scenario
    static void taskOnALoopChargesTheSubmitter() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Thread loop = ThreadKind.PLATFORM.start(() -> runAll(tasks));
        AtomicInteger count = new AtomicInteger();
        new Shares("future-on-loop").assertOneToThree(unit -> {
            if (count.getAndIncrement() % 2 == 0) {
                CompletableFuture.runAsync(unit, tasks::add);
            } else {
                CompletableFuture.supplyAsync(
                        () -> {
                            unit.run();
                            return unit;
                        },
                        tasks::add);
            }
        });
        loop.interrupt();
    }

    /** In that container's hierarchy the executor's choice takes precedence over the submitter. */
    @Scenario
    static void taskRunsInTheContainerThatItsExecutorEnters() throws Exception {
        Container asks = Containers.at("/futures/asks");
        Container says = Containers.at("/futures/says");
        List<Executor> executors = List.of(
                task -> POOL.execute(() -> says.run(task)),
                task -> says.start(new Thread(task)),
                task -> says.run(task));
        for (Executor executor : executors) {
            CompletableFuture<String> where = new CompletableFuture<>();
            try (Scope scope = asks.enter()) {
                CompletableFuture.runAsync(
                        () -> where.complete(Containers.current().path()), executor);
            }
            assertThat(where.get(60, TimeUnit.SECONDS)).isEqualTo(says.path());
        }
        CompletableFuture<String> fromRoot = CompletableFuture.supplyAsync(
                () -> Containers.current().path(), task -> says.run(() -> POOL.execute(task)));
        assertThat(fromRoot.get(60, TimeUnit.SECONDS)).isEqualTo(says.path());
    }

    /** The loop's home is in one hierarchy only. */
    @Scenario
    static void taskOnALoopInAContainerChargesTheSubmitterInOtherHierarchies() throws Exception {
        Hierarchy others = Containers.hierarchy("futures");
        Container loops = Containers.at("/futures/loops");
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Thread loop = ThreadKind.PLATFORM.unstarted(() -> runAll(tasks));
        loops.start(loop);
        CompletableFuture<List<Container>> where;
        try (Scope first = Containers.at("/futures/asks").enter();
                Scope second = others.at("/acme").enter()) {
            where = CompletableFuture.supplyAsync(
                    () -> List.of(Containers.current(), others.current()), tasks::add);
        }
        assertThat(where.get(60, TimeUnit.SECONDS)).containsExactly(loops, others.at("/acme"));
        loop.interrupt();
    }

    @Scenario
    static void scopeLeftOpenOnALoopEndsWithItsTask() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Thread loop = ThreadKind.PLATFORM.start(() -> runAll(tasks));
        Container left = Containers.at("/futures/left");
        Container next = Containers.at("/futures/next");
        CompletableFuture.runAsync(left::enter, tasks::add).get(60, TimeUnit.SECONDS);
        CompletableFuture<Container> where;
        try (Scope scope = next.enter()) {
            where = CompletableFuture.supplyAsync(Containers::current, tasks::add);
        }
        assertThat(where.get(60, TimeUnit.SECONDS)).isSameAs(next);
        loop.interrupt();
    }

    @Scenario
    static void delayedTaskChargesTheSubmitter() throws Exception {
        new Shares("future-delayed")
                .assertOneToThree(unit -> CompletableFuture.runAsync(
                        unit, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, POOL)));
    }

    @Scenario
    static void dependentInTheDefaultPoolChargesTheSubmitter() throws Exception {
        dependent("without", (future, unit) -> future.thenRunAsync(unit));
    }

    @Scenario
    static void dependentOnAnExecutorChargesTheSubmitter() throws Exception {
        dependent("on", (future, unit) -> future.thenRunAsync(unit, POOL));
    }

    @Scenario
    static void dependentOfTwoFuturesChargesTheSubmitter() throws Exception {
        dependent(
                "of-two",
                (future, unit) -> future.runAfterBothAsync(
                        CompletableFuture.completedFuture("already"), unit));
    }

    @Scenario
    static void dependentOnANewThreadChargesTheSubmitter(ThreadKind kind) throws Exception {
        dependent("own-" + kind, (future, unit) -> future.thenRunAsync(unit, kind::start));
    }

    /** An executor that runs tasks in its own container, as event loops do. */
    @Scenario
    static void dependentOnALoopChargesTheSubmitter() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Thread loop = ThreadKind.PLATFORM.start(() -> runAll(tasks));
        dependent("loop", (future, unit) -> future.thenRunAsync(unit, tasks::add));
        loop.interrupt();
    }

    @Scenario(since = 21)
    static void dependentOnAVirtualThreadPerTaskChargesTheSubmitter() throws Exception {
        ExecutorService pool = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        dependent("virtual", (future, unit) -> future.thenRunAsync(unit, pool));
        pool.shutdown();
    }

    @Scenario(since = 21)
    static void dependentOnAPoolOfVirtualThreadsChargesTheSubmitter() throws Exception {
        ThreadFactory factory = ThreadKind.VIRTUAL::unstarted;
        ExecutorService pool = Executors.newFixedThreadPool(2, factory);
        dependent("virtual-pool", (future, unit) -> future.thenRunAsync(unit, pool));
        pool.shutdown();
    }

    /** The thread that completes the future works in another container. */
    private static void dependent(
            String name, BiConsumer<CompletableFuture<String>, Runnable> dependent)
            throws Exception {
        BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
        Thread completing = ThreadKind.PLATFORM.unstarted(() -> runAll(due));
        Containers.at("/completes").start(completing);
        new Shares("dependent-" + name).assertOneToThree(unit -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            dependent.accept(future, unit);
            due.add(() -> future.complete("now"));
        });
        completing.interrupt();
    }

    @Scenario
    static void publisherInTheDefaultPoolChargesTheSubmitter() throws Exception {
        new Shares("publisher-common").assertOneToThree(unit -> publish(unit, null));
    }

    /** No hook sees what the executor does with the publisher's task. */
    @Scenario
    static void publisherOnALoopChargesTheSubmitter() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Thread loop = ThreadKind.PLATFORM.start(() -> runAll(tasks));
        new Shares("publisher-loop").assertOneToThree(unit -> publish(unit, tasks::add));
        loop.interrupt();
    }

    private static void publish(Runnable unit, @Nullable Executor executor) throws Exception {
        try (SubmissionPublisher<Runnable> publisher = executor == null
                ? new SubmissionPublisher<>()
                : new SubmissionPublisher<>(executor, 16)) {
            CompletableFuture<Void> consumed = publisher.consume(Runnable::run);
            publisher.submit(unit);
            publisher.close();
            consumed.get();
        }
    }

    private static void runAll(BlockingQueue<Runnable> tasks) {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException over) {
            // All tasks have run.
        }
    }
}
