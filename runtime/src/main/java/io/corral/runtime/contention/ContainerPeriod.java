package io.corral.runtime.contention;

import org.jspecify.annotations.Nullable;

/** What one container has used and waited in a period, with those below it. */
final class ContainerPeriod {

    final String path;

    /** Null for a root. */
    final @Nullable ContainerPeriod parent;

    /** 0 for a root. */
    final int depth;

    /** CPU time. */
    double usedNanos;

    /** The part of {@link #usedNanos} that the container's children have used. */
    double usedBelowNanos;

    /** How long ready threads have waited for a CPU, summed over the threads. */
    double waitedNanos;

    ContainerPeriod(String path, @Nullable ContainerPeriod parent) {
        this.path = path;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** The CPU time of the container without those below it. */
    double ownNanos() {
        return Math.max(0, usedNanos - usedBelowNanos);
    }

    /** Whether this is {@code other} or below it. */
    boolean isWithin(ContainerPeriod other) {
        ContainerPeriod at = this;
        while (at != null && at.depth > other.depth) {
            at = at.parent;
        }
        return at == other;
    }
}
