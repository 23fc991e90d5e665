package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@code enter} and {@code close}, of another container and of the one the thread is in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Scopes {

    /** A thread in the root, and where it goes. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Outside {

        final Container container = Containers.at("/bench/scopes");
    }

    /** A thread in the roots, and where it goes in two hierarchies. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class OutsideOfTwo {

        final Container tenant = Containers.at("/bench/scopes");
        final Container endpoint = Containers.hierarchy("bench").at("/scopes");
    }

    /** A thread in the container it enters once more. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Inside {

        final Container container = Containers.at("/bench/scopes");
        private Scope scope;

        @Setup(Level.Iteration)
        public void enter() {
            scope = container.enter();
        }

        @TearDown(Level.Iteration)
        public void close() {
            scope.close();
        }
    }

    @Benchmark
    public void enterAnother(Outside thread) {
        try (Scope scope = thread.container.enter()) {}
    }

    @Benchmark
    public void enterTwoAtOnce(OutsideOfTwo thread) {
        try (Scope scope = Containers.enter(thread.tenant, thread.endpoint)) {}
    }

    @Benchmark
    public void enterTwoNested(OutsideOfTwo thread) {
        try (Scope outer = thread.tenant.enter();
                Scope inner = thread.endpoint.enter()) {}
    }

    @Benchmark
    public void enterOwn(Inside thread) {
        try (Scope scope = thread.container.enter()) {}
    }
}
