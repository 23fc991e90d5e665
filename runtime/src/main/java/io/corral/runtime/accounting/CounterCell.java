package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The sums of one cell of {@link StripedCounters}. They are fields with updaters: an array of
 * atomics would be two more objects for each account, and {@code VarHandle}s would take 2 ms at the
 * JVM's start.
 */
abstract class CounterCell {

    static final AtomicLongFieldUpdater<CounterCell> CPU_NANOS = updater("cpuNanos");
    static final AtomicLongFieldUpdater<CounterCell> APPORTIONED_CPU_NANOS =
            updater("apportionedCpuNanos");
    static final AtomicLongFieldUpdater<CounterCell> ALLOCATED_BYTES = updater("allocatedBytes");
    static final AtomicLongFieldUpdater<CounterCell> QUEUED_NANOS = updater("queuedNanos");
    static final AtomicLongFieldUpdater<CounterCell> WAITS = updater("waits");
    static final AtomicLongFieldUpdater<CounterCell> OPEN_WAITS = updater("openWaits");
    static final AtomicLongFieldUpdater<CounterCell> PLATFORM_FORKS = updater("platformForks");
    static final AtomicLongFieldUpdater<CounterCell> VIRTUAL_FORKS = updater("virtualForks");
    static final AtomicLongFieldUpdater<CounterCell> PLATFORM_EXITS = updater("platformExits");
    static final AtomicLongFieldUpdater<CounterCell> VIRTUAL_EXITS = updater("virtualExits");
    static final AtomicLongFieldUpdater<CounterCell> PINS = updater("pins");
    static final AtomicLongFieldUpdater<CounterCell> UNPINS = updater("unpins");

    // Written through the updaters only.
    volatile long cpuNanos;
    volatile long apportionedCpuNanos;
    volatile long allocatedBytes;
    volatile long queuedNanos;
    volatile long waits;
    volatile long openWaits;
    volatile long platformForks;
    volatile long virtualForks;
    volatile long platformExits;
    volatile long virtualExits;
    volatile long pins;
    volatile long unpins;

    private static AtomicLongFieldUpdater<CounterCell> updater(String field) {
        return AtomicLongFieldUpdater.newUpdater(CounterCell.class, field);
    }
}
