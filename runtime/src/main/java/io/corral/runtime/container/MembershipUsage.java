package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.MutableUsage;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a membership, as of the last reading: what was charged to it, and what was charged to
 * memberships of removed containers that it is the successor of. Accessed under {@link Trees#LOCK};
 * see {@link Rollup}.
 */
abstract class MembershipUsage extends Account {

    /** What was charged here, as of the last reading. */
    final MutableUsage sums;

    /** The exits of platform threads and of virtual threads, as of the last reading. */
    long platformExits;

    long virtualExits;

    /** The number of the last reading of this membership. */
    long readIn;

    /** The next membership that the current reading reads. */
    @Nullable
    Membership nextRead;

    /**
     * The membership with the same places, but with the parents of removed containers; null while
     * no container was removed.
     */
    private @Nullable MembershipUsage successor;

    /**
     * What was charged to the memberships that this is the successor of; null if there are none.
     */
    private @Nullable MutableUsage fromPredecessors;

    MembershipUsage() {
        sums = new MutableUsage();
    }

    /** Shares the totals of {@code other}. No reading looks at this. */
    MembershipUsage(MembershipUsage other) {
        super(other.totals());
        sums = other.sums;
    }

    /** Adds what was and what will be charged here to {@code successor} too. Needs no memory. */
    final void setSuccessor(MembershipUsage successor) {
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
    void prepareForPredecessor() {
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

    /**
     * Under {@link Trees#LOCK}: adds what was charged to a retired membership to its successors.
     */
    void addToSuccessors(MutableUsage change) {
        for (MembershipUsage each = successor; each != null; each = each.successor) {
            each.addFromPredecessor(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: adds what was charged here, and to the memberships of removed
     * containers that this is the successor of, as of the last reading.
     */
    public void addTo(MutableUsage sum) {
        sum.add(sums);
        if (fromPredecessors != null) {
            sum.add(fromPredecessors);
        }
    }
}
