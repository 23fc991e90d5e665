package io.corral.runtime.accounting;

/** The counters of one account. None ever falls. Any thread may add; a reader sums. */
public final class Totals {

    public final Counter cpuNanos = new Counter();

    /** What of {@link #cpuNanos} was apportioned by wall time. Raised after it, to be read before it. */
    public final Counter apportionedCpuNanos = new Counter();

    public final Counter allocatedBytes = new Counter();
    public final Counter forks = new Counter();
    public final Counter exits = new Counter();

    /**
     * Takes over what {@code other} holds. Only for an account that nobody can charge any more, and
     * under the lock that readers hold, or a reader would see it twice or not at all.
     */
    public void absorb(Totals other) {
        cpuNanos.add(other.cpuNanos.sum());
        apportionedCpuNanos.add(other.apportionedCpuNanos.sum());
        allocatedBytes.add(other.allocatedBytes.sum());
        forks.add(other.forks.sum());
        exits.add(other.exits.sum());
    }
}
