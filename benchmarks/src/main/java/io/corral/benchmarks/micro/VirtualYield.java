package io.corral.benchmarks.micro;

import io.corral.benchmarks.harness.VirtualThreads;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Two virtual threads of one membership that yield to each other on one carrier. */
@Fork(jvmArgsAppend = "-Djdk.virtualThreadScheduler.parallelism=1")
public class VirtualYield extends AgentChecked {

    private static final int YIELDS = 10_000;

    @Benchmark
    @OperationsPerInvocation(2 * YIELDS)
    public void sameMembership() throws InterruptedException {
        Thread first = VirtualThreads.start(VirtualYield::yieldOften);
        Thread second = VirtualThreads.start(VirtualYield::yieldOften);
        first.join();
        second.join();
    }

    @SuppressWarnings("ThreadPriorityCheck") // the benchmark measures the scheduler
    private static void yieldOften() {
        for (int i = 0; i < YIELDS; i++) {
            Thread.yield();
        }
    }
}
