package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class PoolWorkersTest {

    @Test
    void workerOfAForkJoinPoolIsRecognizedByItsClass() {
        ForkJoinPool pool = new ForkJoinPool(1);
        Thread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        assertThat(PoolWorkers.isWorker(worker)).isTrue();
        pool.shutdown();
    }

    @Test
    void threadWhoseClassIsNestedInAnExecutorIsAWorker() {
        assertThat(PoolWorkers.isWorker(new Coroutines.Worker())).isTrue();
    }

    @Test
    void threadOfTheApplicationIsNotAWorker() {
        assertThat(PoolWorkers.isWorker(new Thread(() -> {}))).isFalse();
        assertThat(PoolWorkers.isWorker(new Thread("pool-1-thread-1"))).isFalse();
    }
}
