package io.corral.runtime.rollup;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;

import org.jspecify.annotations.Nullable;

/**
 * An account of one container in each hierarchy, with its sums as of the last reading: what was
 * charged to it, and what was charged to accounts of removed containers that it is the successor
 * of. The sums are accessed under {@link Trees#LOCK}; see {@link Rollup}.
 */
public abstract class SummedAccount extends Account {

    /** What was charged here, as of the last reading. */
    final MutableUsage sums;

    /** The exits of platform threads and of virtual threads, as of the last reading. */
    long platformExits;

    long virtualExits;

    /** The number of the last reading of this account. */
    long readIn;

    /** The next account that the current reading reads. */
    @Nullable SummedAccount nextRead;

    /**
     * The account with the same places, but with the parents of removed containers; null while no
     * container was removed.
     */
    private @Nullable SummedAccount successor;

    /** What was charged to the accounts that this is the successor of; null if there are none. */
    private @Nullable MutableUsage fromPredecessors;

    protected SummedAccount() {
        sums = new MutableUsage();
    }

    /** Shares the totals of {@code other}. No reading looks at this. */
    protected SummedAccount(SummedAccount other) {
        super(other.totals());
        sums = other.sums;
    }

    /** Used by tests. */
    public final long readIn() {
        return readIn;
    }

    public abstract ContainerNode container(HierarchyTree hierarchy);

    /** Whether a thread is a member, or may become one. */
    public final boolean hasMembers() {
        return totals().pinsUnlessPinned() == AccountTotals.PINNED;
    }

    /** Whether a thread is a member, or a thread or task waits that need not be one. */
    final boolean changesWithoutCharge() {
        return hasMembers() || totals().openWaits() != 0;
    }

    /** Adds what was and what will be charged here to {@code successor} too. Needs no memory. */
    protected final void setSuccessor(SummedAccount successor) {
        this.successor = successor;
        successor.addFromPredecessor(sums);
        if (fromPredecessors != null) {
            successor.addFromPredecessor(fromPredecessors);
        }
    }

    /**
     * Under {@link Trees#LOCK}: allocates what {@link #addFromPredecessor} needs, so that it needs
     * no memory.
     */
    public final void prepareForPredecessor() {
        if (fromPredecessors == null) {
            fromPredecessors = new MutableUsage();
        }
    }

    private void addFromPredecessor(MutableUsage change) {
        MutableUsage known = fromPredecessors;
        if (known != null) {
            known.add(change);
        }
    }

    /** Adds what was charged to an account of a removed container to its successors. */
    void addToSuccessors(MutableUsage change) {
        for (SummedAccount each = successor; each != null; each = each.successor) {
            each.addFromPredecessor(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: adds what was charged here, and to the accounts of removed
     * containers that this is the successor of, as of the last reading.
     */
    public final void addTo(MutableUsage sum) {
        sum.add(sums);
        if (fromPredecessors != null) {
            sum.add(fromPredecessors);
        }
    }
}
