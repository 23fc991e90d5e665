package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;

import org.openjdk.jmh.annotations.Benchmark;

/** Tasks whose cost is measured, on a platform thread. */
public class MeasuredTasks extends AgentChecked {

    private final Container container = Containers.at("/bench/measured");

    @Benchmark
    public Usage empty() {
        return Containers.measure(() -> {});
    }

    @Benchmark
    public Usage scope() {
        return Containers.measure(() -> {
            try (Scope inside = container.enter()) {}
        });
    }
}
