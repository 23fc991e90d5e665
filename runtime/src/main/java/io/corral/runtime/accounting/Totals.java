package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of one account. None ever falls. Any thread may add; a reader sums. */
public final class Totals {

    public final AtomicLong cpuNanos = new AtomicLong();

    /** What of {@link #cpuNanos} was apportioned by wall time. Raised after it, to be read before it. */
    public final AtomicLong apportionedCpuNanos = new AtomicLong();

    public final AtomicLong allocatedBytes = new AtomicLong();
    public final AtomicLong forks = new AtomicLong();
    public final AtomicLong exits = new AtomicLong();

    /**
     * Takes over what {@code other} holds. Only for an account that nobody can charge any more, and
     * under the lock that readers hold, or a reader would see it twice or not at all.
     */
    public void absorb(Totals other) {
        cpuNanos.addAndGet(other.cpuNanos.get());
        apportionedCpuNanos.addAndGet(other.apportionedCpuNanos.get());
        allocatedBytes.addAndGet(other.allocatedBytes.get());
        forks.addAndGet(other.forks.get());
        exits.addAndGet(other.exits.get());
    }
}
