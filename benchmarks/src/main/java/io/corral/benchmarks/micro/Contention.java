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
import org.openjdk.jmh.infra.ThreadParams;

/** Many threads that enter and close: all in the same containers, or each in containers of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Contention {

    /** Where a thread is between two scopes, and where it enters: each close charges both. */
    public abstract static class Places {

        Container entered = Containers.root();
        private Scope outside;

        void begin(String suffix) {
            entered = Containers.at("/bench/entered-" + suffix);
            outside = Containers.at("/bench/outside-" + suffix).enter();
        }

        @TearDown(Level.Iteration)
        public void leave() {
            outside.close();
        }
    }

    /** The same two for all. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Together extends Places {

        @Setup(Level.Iteration)
        public void begin() {
            begin("all");
        }
    }

    /** Two for each thread. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Apart extends Places {

        @Setup(Level.Iteration)
        public void begin(ThreadParams thread) {
            begin(String.valueOf(thread.getThreadIndex()));
        }
    }

    @Benchmark
    public void together(Together places) {
        try (Scope scope = places.entered.enter()) {}
    }

    @Benchmark
    public void apart(Apart places) {
        try (Scope scope = places.entered.enter()) {}
    }
}
