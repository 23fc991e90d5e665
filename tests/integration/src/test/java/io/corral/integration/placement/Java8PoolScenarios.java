package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import org.jboss.threads.EnhancedQueueExecutor;
import org.jboss.threads.JBossThreadFactory;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Pools of libraries whose class files are for Java 8, so that their workers have no nest. */
final class Java8PoolScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private Java8PoolScenarios() {}

    @Scenario(15)
    static void workerOfKotlinsDispatcherIsInThePool() throws Exception {
        CompletableFuture<String> home = new CompletableFuture<>();
        try (Scope scope = Containers.at("/old-pools/kotlin").enter()) {
            Dispatchers.getDefault()
                    .dispatch(EmptyCoroutineContext.INSTANCE, () -> home.complete(home()));
            assertThat(home.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("/pools/DefaultDispatcher-worker");
        }
    }

    @Scenario(15)
    @SuppressWarnings("unchecked")
    static void timerOfKotlinIsInItsPool() throws Exception {
        try (Scope scope = Containers.at("/old-pools/kotlin").enter()) {
            BuildersKt.runBlocking(
                    EmptyCoroutineContext.INSTANCE,
                    (blocking, outer) -> BuildersKt.withContext(
                            Dispatchers.getDefault(),
                            (inner, last) ->
                                    DelayKt.delay(1, (Continuation<Unit>) (Continuation<?>) last),
                            outer));
        }
        assertThat(Containers.at("/pools/kotlinx.coroutines.DefaultExecutor")
                        .usage()
                        .forks())
                .isPositive();
    }

    @Scenario(15)
    static void eventLoopOfAForeignThreadFactoryIsInThePool() throws Exception {
        try (Scope scope = Containers.at("/old-pools/netty").enter()) {
            DefaultEventExecutorGroup loops =
                    new DefaultEventExecutorGroup(1, task -> new Thread(task, "foreign-loop-1"));
            assertThat(loops.submit(Java8PoolScenarios::home).get())
                    .isEqualTo("/pools/foreign-loop");
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    /** Undertow's. */
    @Scenario(15)
    static void workerOfXnioIsInThePool() throws Exception {
        XnioWorker worker = Xnio.getInstance()
                .createWorkerBuilder()
                .setWorkerName("xnio")
                .setDaemon(true)
                .build();
        try (Scope scope = Containers.at("/old-pools/xnio").enter()) {
            assertThat(worker.submit(Java8PoolScenarios::home).get()).isEqualTo("/pools/xnio task");
        }
        worker.shutdown();
    }

    /** The pool of WildFly and Quarkus, with its own threads and with others. */
    @Scenario(15)
    static void workerOfJBossThreadsIsInThePool() throws Exception {
        ThreadFactory own = new JBossThreadFactory(
                null, true, Thread.NORM_PRIORITY, "jboss-own-%t", null, null);
        for (ThreadFactory factory : List.of(own, task -> new Thread(task, "jboss-plain-1"))) {
            EnhancedQueueExecutor pool = new EnhancedQueueExecutor.Builder()
                    .setThreadFactory(factory)
                    .build();
            try (Scope scope = Containers.at("/old-pools/jboss").enter()) {
                assertThat(pool.submit(Java8PoolScenarios::home).get())
                        .isEqualTo(factory == own ? "/pools/jboss-own" : "/pools/jboss-plain");
            }
            pool.shutdown();
        }
    }

    /** Factories that copy the caller's log context wrap the loop in a lambda or an object. */
    @Scenario(15)
    static void eventLoopWrappedByItsThreadFactoryIsInThePool() throws Exception {
        inThePool("lambda-loop", task -> new Thread(() -> task.run(), "lambda-loop-1"));
        inThePool("object-loop", task -> new Thread(new Copying(task), "object-loop-1"));
        inThePool("twice-loop", task -> new Thread(new Copying(() -> task.run()), "twice-loop-1"));
        inThePool("own-loop", task -> new Thread("own-loop-1") {
            @Override
            public void run() {
                task.run();
            }
        });
    }

    private static void inThePool(String name, ThreadFactory factory) throws Exception {
        try (Scope scope = Containers.at("/old-pools/wrapped").enter()) {
            DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(1, factory);
            assertThat(loops.submit(Java8PoolScenarios::home).get()).isEqualTo("/pools/" + name);
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    private static final class Copying implements Runnable {

        private final Map<String, String> context = Map.of();
        private final Runnable task;

        Copying(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            assertThat(context).isEmpty();
            task.run();
        }
    }

    /** A task that the application wraps is no pool's. */
    @Scenario(15)
    static void wrappedTaskOfTheApplicationInherits() throws Exception {
        CompletableFuture<String> home = new CompletableFuture<>();
        Runnable task = () -> home.complete(home());
        try (Scope scope = Containers.at("/old-pools/inherits").enter()) {
            new Thread(new Copying(() -> task.run()), "copied-1").start();
        }
        assertThat(home.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("/old-pools/inherits");
    }

    @Scenario(15)
    static void timerOfAForeignThreadFactoryIsInThePool() throws Exception {
        CompletableFuture<String> home = new CompletableFuture<>();
        try (Scope scope = Containers.at("/old-pools/netty").enter()) {
            HashedWheelTimer timer = new HashedWheelTimer(task -> new Thread(task, "wheel-1"));
            timer.newTimeout(timeout -> home.complete(home()), 1, TimeUnit.MILLISECONDS);
            assertThat(home.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("/pools/wheel");
            timer.stop();
        }
    }

    private static String home() {
        return Containers.of(Thread.currentThread()).path();
    }
}
