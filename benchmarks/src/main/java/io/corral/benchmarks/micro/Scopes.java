package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import org.openjdk.jmh.annotations.Benchmark;

/** A scope in a container that the thread is not in. */
public class Scopes extends AgentChecked {

    private final Container container = Containers.at("/bench/scopes");

    @Benchmark
    public void enterAndClose() {
        try (Scope scope = container.enter()) {}
    }
}
