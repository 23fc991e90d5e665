package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The sums of one cell of {@link StripedCounters}. They are fields with updaters and not an array
 * of atomics: this saves two objects for each account, and 2 ms at the JVM's start for
 * {@code VarHandle}s.
 */
abstract class CounterCell {

    static final AtomicLongFieldUpdater<CounterCell> CPU_NANOS = sum("cpuNanos");
    static final AtomicLongFieldUpdater<CounterCell> APPORTIONED_CPU_NANOS =
            sum("apportionedCpuNanos");
    static final AtomicLongFieldUpdater<CounterCell> ALLOCATED_BYTES = sum("allocatedBytes");
    static final AtomicLongFieldUpdater<CounterCell> QUEUED_NANOS = sum("queuedNanos");
    static final AtomicLongFieldUpdater<CounterCell> PLATFORM_FORKS = sum("platformForks");
    static final AtomicLongFieldUpdater<CounterCell> VIRTUAL_FORKS = sum("virtualForks");
    static final AtomicLongFieldUpdater<CounterCell> PLATFORM_EXITS = sum("platformExits");
    static final AtomicLongFieldUpdater<CounterCell> VIRTUAL_EXITS = sum("virtualExits");
    static final AtomicLongFieldUpdater<CounterCell> PINS = sum("pins");
    static final AtomicLongFieldUpdater<CounterCell> UNPINS = sum("unpins");

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

    private static AtomicLongFieldUpdater<CounterCell> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(CounterCell.class, field);
    }
}
