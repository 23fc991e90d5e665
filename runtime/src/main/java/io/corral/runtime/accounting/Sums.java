package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The sums of one cell of {@link Counters}. They are fields with updaters, not an array of atomics:
 * that is two objects fewer for each account, and {@code VarHandle}s cost the start of a JVM 2 ms.
 */
abstract class Sums {

    static final AtomicLongFieldUpdater<Sums> CPU_NANOS = sum("cpuNanos");
    static final AtomicLongFieldUpdater<Sums> APPORTIONED_CPU_NANOS = sum("apportionedCpuNanos");
    static final AtomicLongFieldUpdater<Sums> ALLOCATED_BYTES = sum("allocatedBytes");
    static final AtomicLongFieldUpdater<Sums> FORKS = sum("forks");
    static final AtomicLongFieldUpdater<Sums> EXITS = sum("exits");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_ENTERED = sum("virtualEntered");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_LEFT = sum("virtualLeft");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_ENTERED = sum("platformEntered");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_LEFT = sum("platformLeft");

    // Written through the updaters only.
    volatile long cpuNanos;
    volatile long apportionedCpuNanos;
    volatile long allocatedBytes;
    volatile long forks;
    volatile long exits;
    volatile long virtualEntered;
    volatile long virtualLeft;
    volatile long platformEntered;
    volatile long platformLeft;

    private static AtomicLongFieldUpdater<Sums> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(Sums.class, field);
    }
}
