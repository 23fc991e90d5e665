package io.corral.benchmarks.micro;

import io.corral.examples.service.VirtualThreads;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A virtual thread from its start to its end, in batches. */
public class VirtualLife extends AgentChecked {

    private static final int BATCH = 1_000;

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void life() throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(BATCH);
        Runnable task = ends::countDown;
        for (int i = 0; i < BATCH; i++) {
            VirtualThreads.start(task);
        }
        ends.await();
    }
}
