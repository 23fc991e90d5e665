package io.corral.runtime.accounting;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** What usage is charged to: once, by whoever settles. */
public class Account {

    private final Totals totals = new Totals();

    /** Of who works here, once that was measured; any thread may replace it, and an update be lost. */
    private volatile @Nullable Shares shares;

    protected Account() {}

    public final Totals totals() {
        return totals;
    }

    /**
     * Charges CPU time. The fence keeps this account reachable until the charge has landed: the
     * totals of an account that nobody can reach any more are taken to be final.
     */
    final void chargeCpu(long nanos) {
        if (nanos > 0) {
            try {
                totals.addCpuNanos(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Charges CPU time that was not measured for this account alone; see {@link #chargeCpu}. */
    final void chargeApportioned(long nanos) {
        if (nanos > 0) {
            try {
                totals.addCpuNanos(nanos);
                totals.addApportionedCpuNanos(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** What a short residency may have used, in nanoseconds, or {@link Shares#UNKNOWN}. */
    final int estimate(long wallNanos) {
        Shares known = shares;
        return known == null ? Shares.UNKNOWN : known.estimate(wallNanos);
    }

    /** What a short residency may have used, in nanoseconds: all of it where nothing is known. */
    final int estimateOrAll(long wallNanos) {
        int estimate = estimate(wallNanos);
        return estimate == Shares.UNKNOWN ? (int) wallNanos : estimate;
    }

    /** Whether too few residencies were measured yet to leave it to chance. */
    final boolean wantsSamples() {
        Shares known = shares;
        return known == null || known.isEager();
    }

    /** A short residency was measured. */
    final void sample(long cpuNanos, long wallNanos) {
        Shares known = shares;
        if (known == null) {
            try {
                known = new Shares();
            } catch (OutOfMemoryError oneSampleLess) {
                return;
            }
            shares = known;
        }
        known.add(cpuNanos, wallNanos);
    }

    /** What a long residency is charged of the rest that others' estimates left; see {@link Shares#rest}. */
    final long rest(long nanos) {
        Shares known = shares;
        return known == null ? Math.max(nanos, 0) : known.rest(nanos);
    }

    /** Charges allocated bytes; see {@link #chargeCpu} for the fence. */
    final void chargeAllocated(long bytes) {
        if (bytes > 0) {
            try {
                totals.addAllocatedBytes(bytes);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }
}
