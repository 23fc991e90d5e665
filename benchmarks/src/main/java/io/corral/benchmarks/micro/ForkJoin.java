package io.corral.benchmarks.micro;

import io.corral.Containers;
import io.corral.Scope;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** Fibonacci numbers by fork-join tasks without a threshold: nothing but forks and joins. */
public class ForkJoin extends AgentChecked {

    private static final int NUMBER = 21;

    private final ForkJoinPool pool = new ForkJoinPool(1);

    @TearDown
    public void shutDown() {
        pool.shutdown();
    }

    @Benchmark
    public int fromContainer() {
        try (Scope scope = Containers.at("/bench/submitter").enter()) {
            return pool.invoke(new Fibonacci(NUMBER));
        }
    }

    private static final class Fibonacci extends RecursiveTask<Integer> {

        private static final long serialVersionUID = 1;

        private final int number;

        Fibonacci(int number) {
            this.number = number;
        }

        @Override
        protected Integer compute() {
            if (number < 2) {
                return number;
            }
            Fibonacci forked = new Fibonacci(number - 1);
            forked.fork();
            return new Fibonacci(number - 2).compute() + forked.join();
        }
    }
}
