package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.examples.service.VirtualThreads;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Yields of a container's virtual threads, of which some always wait for a carrier. */
@SuppressWarnings("ThreadPriorityCheck") // measures Thread.yield
public class VirtualYields extends AgentChecked {

    private static final int THREADS = 10;
    private static final int YIELDS = 10_000;

    final Container container = Containers.at("/bench/yields");

    @Benchmark
    @OperationsPerInvocation(THREADS * YIELDS)
    public void yields() throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(THREADS);
        Runnable task = () -> {
            for (int i = 0; i < YIELDS; i++) {
                Thread.yield();
            }
            ends.countDown();
        };
        try (Scope scope = container.enter()) {
            for (int i = 0; i < THREADS; i++) {
                VirtualThreads.start(task);
            }
        }
        ends.await();
    }
}
