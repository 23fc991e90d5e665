package io.corral.benchmarks.micro;

import io.corral.Containers;
import io.corral.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tiny tasks through a fixed pool of one worker. The worker waits until a batch is in the queue,
 * because waking it for each task would cost ten times as much as all else.
 */
public class HandOver extends AgentChecked {

    private static final int BATCH = 5_000;

    private final ExecutorService pool = Executors.newFixedThreadPool(1);
    private int done;

    @TearDown
    public void shutDown() {
        pool.shutdown();
    }

    /** Runs in a JVM in which no container was ever entered. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int fromRoot() throws InterruptedException {
        return runBatch();
    }

    /** The submitter stays in its container for the whole batch, and so does the worker. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int fromContainer() throws InterruptedException {
        try (Scope scope = Containers.at("/bench/submitter").enter()) {
            return runBatch();
        }
    }

    private int runBatch() throws InterruptedException {
        CompletableFuture<Void> begin = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        pool.execute(begin::join);
        for (int i = 1; i < BATCH; i++) {
            pool.execute(() -> done++);
        }
        pool.execute(end::countDown);
        begin.complete(null);
        end.await();
        return done;
    }
}
