package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A request into a container with a limit that is not reached. */
public class Doors extends AgentChecked {

    private static final long NEVER_REACHED = 1_000_000;

    private final Container container = Containers.at("/bench/doors");

    @Setup
    public void limit() {
        container.limits().requestsMax(NEVER_REACHED);
    }

    @Benchmark
    public void admitAndClose() {
        try (Scope request = container.admit()) {}
    }
}
