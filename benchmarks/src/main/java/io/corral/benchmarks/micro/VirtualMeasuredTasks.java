package io.corral.benchmarks.micro;

import io.corral.Containers;
import io.corral.examples.service.VirtualThreads;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tasks that leave their carrier four times, on two virtual threads that yield to each other on one
 * carrier. A park costs the hooks the same as a yield.
 */
@Fork(jvmArgsAppend = "-Djdk.virtualThreadScheduler.parallelism=1")
public class VirtualMeasuredTasks extends AgentChecked {

    private static final int TASKS = 2_000;
    private static final int YIELDS = 4;

    @Benchmark
    @OperationsPerInvocation(2 * TASKS)
    public void fourYields() throws InterruptedException {
        runTwice(() -> {
            for (int i = 0; i < TASKS; i++) {
                yieldFourTimes();
            }
        });
    }

    @Benchmark
    @OperationsPerInvocation(2 * TASKS)
    public void measuredYields() throws InterruptedException {
        runTwice(() -> {
            for (int i = 0; i < TASKS; i++) {
                Containers.measure(VirtualMeasuredTasks::yieldFourTimes);
            }
        });
    }

    private static void runTwice(Runnable task) throws InterruptedException {
        Thread first = VirtualThreads.start(task);
        Thread second = VirtualThreads.start(task);
        first.join();
        second.join();
    }

    @SuppressWarnings("ThreadPriorityCheck") // the benchmark measures the scheduler
    private static void yieldFourTimes() {
        for (int i = 0; i < YIELDS; i++) {
            Thread.yield();
        }
    }
}
