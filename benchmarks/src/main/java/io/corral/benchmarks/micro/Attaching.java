package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A live thread, parked, that is moved to and fro between two containers. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class Attaching {

    private final Container a = Containers.at("/bench/attach-a");
    private final Container b = Containers.at("/bench/attach-b");

    /** A platform thread, which ends with the JVM. */
    @State(Scope.Benchmark)
    public static class Platform {

        final Thread thread = new Thread(Attaching::parkForEver);

        @Setup
        public void start() {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** A virtual thread. JDK 21 and later. */
    @State(Scope.Benchmark)
    public static class Virtual {

        @Nullable Thread thread;

        @Setup
        public void start() {
            thread = VirtualThreads.start(Attaching::parkForEver);
        }
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public void platform(Platform moved) {
        toAndFro(moved.thread);
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public void virtual(Virtual moved) {
        toAndFro(moved.thread);
    }

    private void toAndFro(Thread thread) {
        a.attach(thread);
        b.attach(thread);
    }

    private static void parkForEver() {
        while (true) {
            LockSupport.park();
        }
    }
}
