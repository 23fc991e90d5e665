package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.UsageSum;

import org.jspecify.annotations.Nullable;

/**
 * The sums of a membership, as of the last reading: what was charged to it, and what was charged to
 * memberships of removed containers that it is the successor of. Accessed under {@link Trees#LOCK};
 * see {@link Rollup}.
 */
abstract class MembershipSums extends Account {

    /** What was charged here, as of the last reading. */
    final UsageSum sums;

    /** The exits of platform threads and of virtual threads, as of the last reading. */
    long platformExits;

    long virtualExits;

    /** The number of the last reading of this membership. */
    long readIn;

    /** The next membership that the current reading reads. */
    @Nullable Membership nextRead;

    /**
     * The membership with the same places, but with the parents of removed containers; null while
     * no container was removed.
     */
    private @Nullable MembershipSums successor;

    /**
     * What was charged to the memberships that this is the successor of; null if there are none.
     */
    private @Nullable UsageSum fromPredecessors;

    MembershipSums() {
        sums = new UsageSum();
    }

    /** Shares the totals of {@code other}. No reading looks at this. */
    MembershipSums(MembershipSums other) {
        super(other.totals());
        sums = other.sums;
    }

    /** Adds what was and what will be charged here to {@code successor} too. Needs no memory. */
    final void setSuccessor(MembershipSums successor) {
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
            fromPredecessors = new UsageSum();
        }
    }

    private void addFromPredecessor(UsageSum change) {
        UsageSum known = fromPredecessors;
        if (known != null) {
            known.add(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: adds what was charged to a retired membership to its successors.
     */
    void addToSuccessors(UsageSum change) {
        for (MembershipSums each = successor; each != null; each = each.successor) {
            each.addFromPredecessor(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: adds what was charged here, and to the memberships of removed
     * containers that this is the successor of, as of the last reading.
     */
    public void addTo(UsageSum sum) {
        sum.add(sums);
        if (fromPredecessors != null) {
            sum.add(fromPredecessors);
        }
    }
}
