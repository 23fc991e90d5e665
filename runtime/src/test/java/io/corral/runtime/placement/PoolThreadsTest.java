package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * On JDKs that know which pool a thread belongs to, the agent asks the JDK. These tests run without
 * the agent.
 */
class PoolThreadsTest {

    @Test
    void threadIsAPoolWorkerFromItsCreationUntilItsFirstTask() throws InterruptedException {
        boolean[] known = new boolean[1];
        Thread worker = new Thread(() -> {
            known[0] = PoolThreads.contains(Thread.currentThread());
            PoolThreads.works();
        });
        assertThat(PoolWorkers.isWorker(worker)).isFalse();
        PoolThreads.made(worker);
        assertThat(PoolWorkers.isWorker(worker)).isTrue();
        assertThat(PoolThreads.contains(new Thread(() -> {}))).isFalse();
        worker.start();
        worker.join();
        assertThat(known[0]).isTrue();
        assertThat(PoolThreads.contains(worker)).isFalse();
    }

    @Test
    void missingThreadOfAPoolsFactoryIsIgnored() {
        PoolThreads.made(null);
    }
}
