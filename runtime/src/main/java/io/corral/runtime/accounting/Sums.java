package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The sums of one cell of {@link Counters}. They are fields with updaters and not an array of
 * atomics: this saves two objects for each account, and 2 ms at the JVM's start for
 * {@code VarHandle}s.
 */
abstract class Sums {

    static final AtomicLongFieldUpdater<Sums> CPU_NANOS = sum("cpuNanos");
    static final AtomicLongFieldUpdater<Sums> APPORTIONED_CPU_NANOS = sum("apportionedCpuNanos");
    static final AtomicLongFieldUpdater<Sums> ALLOCATED_BYTES = sum("allocatedBytes");
    static final AtomicLongFieldUpdater<Sums> QUEUED_NANOS = sum("queuedNanos");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_FORKS = sum("platformForks");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_FORKS = sum("virtualForks");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_EXITS = sum("platformExits");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_EXITS = sum("virtualExits");
    static final AtomicLongFieldUpdater<Sums> PINS = sum("pins");
    static final AtomicLongFieldUpdater<Sums> UNPINS = sum("unpins");

    // Written through the updaters only.
    volatile long cpuNanos;
    volatile long apportionedCpuNanos;
    volatile long allocatedBytes;
    volatile long queuedNanos;
    volatile long platformForks;
    volatile long virtualForks;
    volatile long platformExits;
    volatile long virtualExits;
    volatile long pins;
    volatile long unpins;

    private static AtomicLongFieldUpdater<Sums> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(Sums.class, field);
    }
}
