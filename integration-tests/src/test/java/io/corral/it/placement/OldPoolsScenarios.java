package io.corral.it.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;

/** Pools of libraries whose class files are for Java 8, so that their workers have no nest. */
final class OldPoolsScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private OldPoolsScenarios() {}

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
                            (inner, last) -> DelayKt.delay(1, (Continuation<Unit>) (Continuation<?>) last),
                            outer));
        }
        assertThat(Containers.at("/pools/kotlinx.coroutines.DefaultExecutor").usage().forks())
                .isPositive();
    }

    @Scenario(15)
    static void eventLoopOfAForeignThreadFactoryIsInThePool() throws Exception {
        try (Scope scope = Containers.at("/old-pools/netty").enter()) {
            DefaultEventExecutorGroup loops =
                    new DefaultEventExecutorGroup(1, task -> new Thread(task, "foreign-loop-1"));
            assertThat(loops.submit(OldPoolsScenarios::home).get())
                    .isEqualTo("/pools/foreign-loop");
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
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
