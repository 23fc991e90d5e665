package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.xnio.XnioIoThread;

class PoolPlacesTest {

    @Test
    void workerOfAForkJoinPoolIsOneByItsClass() {
        ForkJoinPool pool = new ForkJoinPool(1);
        Thread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        assertThat(PoolPlaces.isWorker(worker)).isTrue();
        pool.shutdown();
    }

    @Test
    void threadThatInheritsAWorkersClassIsOne() {
        assertThat(PoolPlaces.isWorker(new XnioIoThread() {})).isTrue();
    }

    @Test
    void threadWhoseClassIsNestedInAnExecutorIsOne() {
        assertThat(PoolPlaces.isWorker(new Coroutines.Worker())).isTrue();
    }

    @Test
    void threadsOfRelocatedNettyAreWorkers() {
        assertThat(WorkerClasses.isThread("io.netty.util.concurrent.FastThreadLocalThread"))
                .isTrue();
        assertThat(WorkerClasses.isThread(
                        "io.grpc.netty.shaded.io.netty.util.concurrent.FastThreadLocalThread"))
                .isTrue();
        assertThat(WorkerClasses.isThread("myio.netty.util.concurrent.FastThreadLocalThread"))
                .isFalse();
        assertThat(WorkerClasses.isTask("io.netty.util.HashedWheelTimer$Worker"))
                .isTrue();
        assertThat(WorkerClasses.isTask("shaded.io.netty.util.HashedWheelTimer$Worker"))
                .isTrue();
    }

    @Test
    void executorWithAThreadForEachTaskIsNoPool() {
        assertThat(WorkerClasses.isThreadPerTask(
                        "org.springframework.core.task.SimpleAsyncTaskExecutor"))
                .isTrue();
        assertThat(WorkerClasses.isThreadPerTask("java.util.concurrent.ThreadPoolExecutor"))
                .isFalse();
    }

    @Test
    void threadOfTheApplicationIsNotAWorker() {
        assertThat(PoolPlaces.isWorker(new Thread(() -> {}))).isFalse();
        assertThat(PoolPlaces.isWorker(new Thread("pool-1-thread-1"))).isFalse();
    }
}
