package io.corral.runtime.accounting;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What usage is charged to. Each charge is made once, by the thread that settles.
 *
 * <p>Once an account is unreachable, its totals are taken to be final. So each charge keeps the
 * account reachable until it is done, by a fence.
 */
public class Account {

    private final Totals totals;

    /** See {@link ChangedAccounts}; null while this is not there. */
    volatile @Nullable Account nextChanged;

    /** Null until a residency was sampled. Written by any thread; an update can be lost. */
    private volatile @Nullable CpuRatios ratios;

    @SuppressWarnings("this-escape")
    protected Account() {
        totals = new Totals(this);
    }

    /** What is charged to this is charged to {@code other}, whose totals this shares. */
    protected Account(Account other) {
        totals = other.totals;
    }

    public final Totals totals() {
        return totals;
    }

    /** Whether each residency here ends with a reading of the clocks, under any policy. */
    protected boolean isMeasured() {
        return false;
    }

    /** Charges CPU time. */
    protected void chargeCpu(long nanos) {
        if (nanos > 0) {
            try {
                totals.addCpuNanos(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Charges CPU time that is an estimate: it was measured for several accounts together. */
    protected void chargeApportioned(long nanos) {
        if (nanos > 0) {
            try {
                totals.addCpuNanos(nanos);
                totals.addApportionedCpuNanos(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Charges allocated bytes. */
    protected void chargeAllocated(long bytes) {
        if (bytes > 0) {
            try {
                totals.addAllocatedBytes(bytes);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Charges time in which work was ready and did not run. */
    public void chargeQueued(long nanos) {
        if (nanos > 0) {
            try {
                totals.addQueuedNanos(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** The CPU nanoseconds of a short residency, estimated; or {@link CpuRatios#UNKNOWN}. */
    final int estimate(long wallNanos) {
        CpuRatios known = ratios;
        return known == null ? CpuRatios.UNKNOWN : known.estimate(wallNanos);
    }

    /** As {@link #estimate}, or the whole length if nothing is known. */
    final int estimateOrAll(long wallNanos) {
        int estimate = estimate(wallNanos);
        return estimate == CpuRatios.UNKNOWN ? (int) wallNanos : estimate;
    }

    /** Whether there are too few samples yet to leave the next to chance. */
    final boolean wantsSamples() {
        CpuRatios known = ratios;
        return known == null || known.isEager();
    }

    /** Adds the sample of a short residency. Without memory for it, the sample is lost. */
    final void sample(long cpuNanos, long wallNanos) {
        CpuRatios known = ratios;
        if (known == null) {
            try {
                known = new CpuRatios();
            } catch (OutOfMemoryError exhausted) {
                return;
            }
            ratios = known;
        }
        known.add(cpuNanos, wallNanos);
    }

    /** What a long residency is charged; see {@link CpuRatios#rest}. */
    final long rest(long nanos) {
        CpuRatios known = ratios;
        return known == null ? Math.max(nanos, 0) : known.rest(nanos);
    }
}
