package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.UsageSum;

import org.jspecify.annotations.Nullable;

/**
 * What was charged to a membership, as of the last reading, and what it has inherited from those
 * whose containers were removed. Accessed under {@link Trees#LOCK}; see {@link Rollup}.
 */
abstract class MembershipSums extends Account {

    /** What was charged here, as of the last reading. */
    final UsageSum sums;

    /** Of platform and of virtual threads, as of the last reading. */
    long platformExits;

    long virtualExits;

    /** The last reading of this. */
    long readIn;

    /** The next that the current reading reads. */
    @Nullable Membership nextRead;

    /** The membership of the same places, without the removed ones; null while none is removed. */
    private @Nullable MembershipSums successor;

    /** What was charged to those that this is the successor of; null if there are none. */
    private @Nullable UsageSum inherited;

    MembershipSums() {
        sums = new UsageSum();
    }

    /** Shares the totals of {@code other}. No reading looks at this. */
    MembershipSums(MembershipSums other) {
        super(other.totals());
        sums = other.sums;
    }

    /** From now on what was and what is charged here is also {@code heir}'s. Needs no memory. */
    final void bequeathTo(MembershipSums heir) {
        successor = heir;
        heir.inherit(sums);
        if (inherited != null) {
            heir.inherit(inherited);
        }
    }

    /** Under {@link Trees#LOCK}, before something is inherited: so that needs no memory. */
    void prepareToInherit() {
        if (inherited == null) {
            inherited = new UsageSum();
        }
    }

    private void inherit(UsageSum change) {
        UsageSum known = inherited;
        if (known != null) {
            known.add(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: what is charged to a retired membership is also its successors'.
     */
    void tellSuccessors(UsageSum change) {
        for (MembershipSums heir = successor; heir != null; heir = heir.successor) {
            heir.inherit(change);
        }
    }

    /**
     * Under {@link Trees#LOCK}: adds what was charged here, and to the memberships of removed
     * containers that this is the successor of, as of the last reading.
     */
    public void addTo(UsageSum sum) {
        sum.add(sums);
        if (inherited != null) {
            sum.add(inherited);
        }
    }
}
