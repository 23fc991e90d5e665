package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Virtual threads that give way to each other on one carrier. JDK 21 and later. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class VirtualYield {

    private static final int YIELDS = 10_000;

    private final Container a = Containers.at("/bench/yield-a");
    private final Container b = Containers.at("/bench/yield-b");

    /** Two of one container: the carrier works for it all the time. */
    @Benchmark
    @OperationsPerInvocation(2 * YIELDS)
    public void sameMembership() throws InterruptedException {
        both(a, a);
    }

    /** Two of two containers: each yield is a switch. */
    @Benchmark
    @OperationsPerInvocation(2 * YIELDS)
    public void alternating() throws InterruptedException {
        both(a, b);
    }

    private static void both(Container one, Container other) throws InterruptedException {
        Thread first = VirtualThreads.start(one, VirtualYield::yieldOften);
        Thread second = VirtualThreads.start(other, VirtualYield::yieldOften);
        first.join();
        second.join();
    }

    @SuppressWarnings("ThreadPriorityCheck") // the scheduler is what is measured
    private static void yieldOften() {
        for (int i = 0; i < YIELDS; i++) {
            Thread.yield();
        }
    }
}
