package io.corral.benchmarks.micro;

import org.openjdk.jmh.annotations.Benchmark;

/** A platform thread from its start to its end. */
public class PlatformLife extends AgentChecked {

    @Benchmark
    public void life() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
    }
}
