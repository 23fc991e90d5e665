package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** In a JVM in which no thread enters a container. */
final class UnusedHandOverScenarios {

    private UnusedHandOverScenarios() {}

    /** A service under the bare flag pays nothing for hand-over. */
    @Scenario
    static void chosenPlacesDoNotSwitchHandOverOn() throws Exception {
        assertThat(isHandOverOn()).isFalse();
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isSupported()) {
                kind.run(UnusedHandOverScenarios::useAPool);
            }
        }
        Container made = Containers.at("/pools/not-by-corral");
        Thread there = new Thread(UnusedHandOverScenarios::useAPool);
        made.start(there);
        there.join();
        assertThat(isHandOverOn()).isFalse();

        Thread users = new Thread(() -> {});
        Containers.at("/users").start(users);
        users.join();
        assertThat(isHandOverOn()).isTrue();
    }

    private static void useAPool() {
        ExecutorService pool = Executors.newCachedThreadPool();
        pool.execute(() -> ThreadKind.PLATFORM.run(() -> {}));
        CompletableFuture.runAsync(() -> {}, pool).join();
        CompletableFuture.runAsync(() -> {}).join();
        pool.shutdown();
    }

    private static boolean isHandOverOn() throws ReflectiveOperationException {
        return (Boolean) Class.forName("io.corral.runtime.thread.HandOverFlag")
                .getMethod("isOn")
                .invoke(null);
    }
}
