package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What is counted for an account, by those who add to one cell of {@link Counters}. (Fields with updaters of theirs, and no atomic
 * array, which is two objects more where there is one cell; and the first ones of a JVM take its start two milliseconds on 17, for the
 * {@code VarHandle}s.)
 */
abstract class Sums {

    static final AtomicLongFieldUpdater<Sums> CPU_NANOS = sum("cpuNanos");
    static final AtomicLongFieldUpdater<Sums> APPORTIONED_CPU_NANOS = sum("apportionedCpuNanos");
    static final AtomicLongFieldUpdater<Sums> ALLOCATED_BYTES = sum("allocatedBytes");
    static final AtomicLongFieldUpdater<Sums> FORKS = sum("forks");
    static final AtomicLongFieldUpdater<Sums> EXITS = sum("exits");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_CAME = sum("virtualCame");
    static final AtomicLongFieldUpdater<Sums> VIRTUAL_WENT = sum("virtualWent");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_CAME = sum("platformCame");
    static final AtomicLongFieldUpdater<Sums> PLATFORM_WENT = sum("platformWent");

    // Changed by the updaters alone.
    volatile long cpuNanos;
    volatile long apportionedCpuNanos;
    volatile long allocatedBytes;
    volatile long forks;
    volatile long exits;
    volatile long virtualCame;
    volatile long virtualWent;
    volatile long platformCame;
    volatile long platformWent;

    private static AtomicLongFieldUpdater<Sums> sum(String field) {
        return AtomicLongFieldUpdater.newUpdater(Sums.class, field);
    }
}
