package io.corral.benchmarks.micro;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A virtual thread from its start to its end, in batches of a thousand. JDK 21 and later. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class VirtualLife {

    private static final int BATCH = 1_000;

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void startToEnd() throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(BATCH);
        Runnable task = ends::countDown;
        for (int i = 0; i < BATCH; i++) {
            VirtualThreads.start(task);
        }
        ends.await();
    }
}
