package io.corral.benchmarks;

import org.openjdk.jmh.runner.options.TimeValue;

/** How long is measured. */
enum Effort {
    QUICK(2, 2, 3, 300),
    FULL(7, 4, 5, 1_000);

    /** JVMs of each variant, alternating. */
    final int forks;

    final int warmups;
    final int iterations;
    private final long millis;

    Effort(int forks, int warmups, int iterations, long millis) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
    }

    TimeValue time() {
        return TimeValue.milliseconds(millis);
    }
}
