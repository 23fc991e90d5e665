package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xnio.XnioIoThread;

class PoolPlacesTest {

    @ParameterizedTest
    @CsvSource({
        "pool-3-thread-12, pool-3-thread",
        "pool-64-thread-1, pool-64-thread",
        "pool-65-thread-1, pool-thread",
        "pool-99999999999999-thread-3, pool-thread",
        "pool-65a-thread-1, pool-65a-thread",
        "pool--thread-1, pool--thread",
        "ForkJoinPool-64-worker-1, ForkJoinPool-64-worker",
        "ForkJoinPool-66-worker-1, ForkJoinPool-worker",
        "HttpClient-65-Worker-0, HttpClient-Worker",
        "HttpClient-65-SelectorManager, HttpClient-SelectorManager",
        "http-65-exec-1, http-65-exec",
        "ForkJoinPool.commonPool-worker-1, ForkJoinPool.commonPool-worker",
        "Timer-0, Timer",
        "HttpClient-1-Worker-0, HttpClient-1-Worker",
        "http-nio-8080-exec-7, http-nio-8080-exec",
        "plain, plain",
        "42, unnamed",
        "'', unnamed",
        "'a/b 3', a_b",
        "'worker #5', worker",
    })
    void poolHasTheThreadsNameWithoutItsNumber(String thread, String pool) {
        assertThat(PoolNames.of(thread)).isEqualTo(pool);
    }

    @Test
    void longNamesAreCut() {
        assertThat(PoolNames.of("x".repeat(400))).hasSize(100);
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(PoolNames.of("a\u0007b")).isEqualTo("a_b");
    }

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
