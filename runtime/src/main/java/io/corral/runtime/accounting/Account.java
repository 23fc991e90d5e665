package io.corral.runtime.accounting;

import java.lang.ref.Reference;

/** What usage is charged to: once, by whoever settles. */
public class Account {

    private final Totals totals = new Totals();

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
                totals.cpuNanos.getAndAdd(nanos);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Charges allocated bytes; see {@link #chargeCpu} for the fence. */
    final void chargeAllocated(long bytes) {
        if (bytes > 0) {
            try {
                totals.allocatedBytes.getAndAdd(bytes);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }
}
