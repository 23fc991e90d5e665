package io.corral.benchmarks;

import org.openjdk.jmh.runner.options.TimeValue;

/** How long is measured. */
public enum Effort {
    /** In five minutes, on one JDK: what is asked first, and has a budget. */
    ESSENTIAL(3, 1, 3, 3, 60, 6, 8, 50, 2_000),
    /** Fewer and shorter runs of what was asked for. */
    QUICK(3, 1, 3, 3, 60, 6, 12, 50, 2_000),
    FULL(5, 3, 5, 5, 200, 20, 25, 50, 3_000);

    /** JVMs of each variant, alternating, of figures that have a budget. */
    public final int forks;

    /** The same of figures that are only shown. */
    public final int forksOfShown;

    /** The same where a JVM needs long before it can begin. */
    final int forksOfMillion;

    final int forksOfMemory;

    /** Turns of such a JVM. */
    final int slices;

    final int warmups;
    final int iterations;
    private final long millis;
    private final long warmupMillisOfVirtual;

    Effort(
            int forks,
            int forksOfShown,
            int forksOfMillion,
            int forksOfMemory,
            int slices,
            int warmups,
            int iterations,
            long millis,
            long warmupMillisOfVirtual) {
        this.forks = forks;
        this.forksOfShown = forksOfShown;
        this.forksOfMillion = forksOfMillion;
        this.forksOfMemory = forksOfMemory;
        this.slices = slices;
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
        this.warmupMillisOfVirtual = warmupMillisOfVirtual;
    }

    /** Whether runs are fewer and shorter. */
    public boolean isQuick() {
        return this != FULL;
    }

    /** Whether suites leave out all but what is asked first. */
    public boolean isEssential() {
        return this == ESSENTIAL;
    }

    /** Where carriers run: it takes two seconds until all their code is compiled. */
    TimeValue warmupOfVirtual() {
        return TimeValue.milliseconds(warmupMillisOfVirtual);
    }

    /** Of a warm-up, and of an iteration. */
    TimeValue time() {
        return TimeValue.milliseconds(millis);
    }
}
