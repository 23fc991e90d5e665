package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An unreachable pool of virtual threads. */
final class VirtualPoolScenarios {

    private static final int MAX_COLLECTIONS = 300;

    private VirtualPoolScenarios() {}

    @Scenario(since = 21)
    static void abandonedPoolOfVirtualThreadsIsCollected() {
        // With any agent that transforms classes, the JVM keeps a virtual thread in which a class
        // was loaded: here, the first.
        dropPoolOfVirtualThreads();
        WeakReference<Object> queue = dropPoolOfVirtualThreads();
        for (int i = 0; i < MAX_COLLECTIONS && queue.get() != null; i++) {
            System.gc();
        }
        assertThat(queue.get()).isNull();
    }

    private static WeakReference<Object> dropPoolOfVirtualThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                ThreadKind.VIRTUAL::unstarted);
        CountDownLatch ran = new CountDownLatch(1);
        try (Scope scope = Containers.at("/handed/dropped").enter()) {
            pool.execute(ran::countDown);
        }
        Waits.await(ran);
        return new WeakReference<>(pool.getQueue());
    }
}
