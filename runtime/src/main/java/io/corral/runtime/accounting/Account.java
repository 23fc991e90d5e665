package io.corral.runtime.accounting;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An account, to which usage is charged. Each charge is made once, by the thread that settles.
 *
 * <p>Once an account is unreachable, its totals are taken to be final. So each charge keeps the
 * account reachable until it is done, by a fence.
 */
public class Account {

    private final AccountTotals totals;

    /** The next account in {@link ChangedAccounts}; null while this account is not in it. */
    volatile @Nullable Account nextChanged;

    /** Null until a stay was sampled. Written by any thread; an update can be lost. */
    private volatile @Nullable CpuRatios ratios;

    @SuppressWarnings("this-escape")
    protected Account() {
        totals = new AccountTotals(this);
    }

    /**
     * Creates an account that shares the totals of another one, or has totals that no reading looks
     * at.
     */
    protected Account(AccountTotals totals) {
        this.totals = totals;
    }

    public final AccountTotals totals() {
        return totals;
    }

    /**
     * The account of the measurement that receives the same charges; null for most accounts. Any
     * thread may call, within a charge.
     */
    protected @Nullable Account measurementAccount() {
        return null;
    }

    /**
     * Called on the account of a measurement before an outsider publishes a reading of a thread
     * that works for it, with 1; and with -1 when that is charged.
     */
    protected void countOutsideCharge(int by) {}

    /** Whether each stay here begins and ends with a reading of the clocks. */
    public final boolean isMeasured() {
        return measurementAccount() != null;
    }

    /** Charges CPU time. */
    final void chargeCpu(long nanos) {
        charge(CounterCell.CPU_NANOS, nanos);
    }

    /**
     * Charges CPU time that is an estimate: it was measured for several accounts together. A reader
     * reads this part before the whole.
     */
    final void chargeApportioned(long nanos) {
        charge(CounterCell.CPU_NANOS, nanos);
        charge(CounterCell.APPORTIONED_CPU_NANOS, nanos);
    }

    /** Charges allocated bytes. */
    final void chargeAllocated(long bytes) {
        charge(CounterCell.ALLOCATED_BYTES, bytes);
    }

    /** Charges a wait that has ended: time in which work was ready and did not run. */
    public final void chargeQueued(long nanos) {
        try {
            totals.chargeWait(Math.max(nanos, 0));
        } finally {
            Reference.reachabilityFence(this);
        }
        Account measurement = measurementAccount();
        if (measurement != null) {
            measurement.chargeQueued(nanos);
        }
    }

    /**
     * Called where a wait begins that {@link #endWait} or {@link #dropWait} will end. Until then it
     * is in the readings of the container, but not in a measurement.
     */
    public final void beginWait(long sinceNanoTime) {
        try {
            totals.addOpenWait(OpenWaits.term(sinceNanoTime));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Called where the wait that began at that time ends. Charges it. */
    public final void endWait(long sinceNanoTime) {
        dropWait(sinceNanoTime);
        chargeQueued(System.nanoTime() - sinceNanoTime);
    }

    /** Called where such a wait ends with nothing that could run. */
    public final void dropWait(long sinceNanoTime) {
        try {
            totals.addOpenWait(-OpenWaits.term(sinceNanoTime));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void charge(AtomicLongFieldUpdater<CounterCell> sum, long amount) {
        if (amount > 0) {
            try {
                totals.charge(sum, amount);
            } finally {
                Reference.reachabilityFence(this);
            }
            Account measurement = measurementAccount();
            if (measurement != null) {
                measurement.charge(sum, amount);
            }
        }
    }

    /** The CPU nanoseconds of a short stay, estimated; or {@link CpuRatios#UNKNOWN}. */
    final int estimate(long wallNanos) {
        CpuRatios known = ratios;
        return known == null ? CpuRatios.UNKNOWN : known.estimate(wallNanos);
    }

    /** As {@link #estimate}, or the whole length if nothing is known. */
    final int estimateOrAll(long wallNanos) {
        int estimate = estimate(wallNanos);
        return estimate == CpuRatios.UNKNOWN ? (int) wallNanos : estimate;
    }

    /** Whether the next stay is to be sampled, since there are few samples yet. */
    final boolean needsSample() {
        CpuRatios known = ratios;
        return known == null || known.hasFewSamples();
    }

    /** Adds the sample of a short stay. Without memory for it, the sample is lost. */
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

    /** What a long stay is charged; see {@link CpuRatios#rest}. */
    final long rest(long nanos) {
        CpuRatios known = ratios;
        return known == null ? Math.max(nanos, 0) : known.rest(nanos);
    }
}
