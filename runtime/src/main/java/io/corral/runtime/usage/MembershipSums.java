package io.corral.runtime.usage;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.accounting.Totals;
import io.corral.runtime.container.Membership;
import io.corral.runtime.thread.Members;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was charged to each membership of a reading, and what its running threads have allocated and
 * not charged yet. Each membership is summed once, so that all hierarchies show the same sums.
 */
final class MembershipSums {

    private final IdentityHashMap<Membership, UsageSum> sums = new IdentityHashMap<>();

    /**
     * Sums the memberships of {@code branches}: first their exits, then the moves as of one moment,
     * then the forks. So live threads are counted as if they stood still. Called once.
     *
     * @param alone whether no other reader can be here at the same time; if not, moves are read one
     *     by one
     */
    void add(boolean alone, @Nullable Branch... branches) {
        for (Branch branch : branches) {
            if (branch != null) {
                addExits(branch);
            }
        }
        long phase = alone ? MovePhaser.MOVES.beginPhase() : Totals.LATEST;
        for (Branch branch : branches) {
            if (branch != null) {
                addOthers(branch, phase);
            }
        }
        // After the charges; see UsageSum.addAllocated.
        IdentityHashMap<Account, Long> running = new IdentityHashMap<>();
        if (Members.isWoven()) {
            Members.forEachRunning((account, bytes) -> running.merge(account, bytes, Long::sum));
        }
        sums.forEach((membership, sum) ->
                sum.addAllocated(membership, running.getOrDefault(membership, 0L)));
    }

    private void addExits(Branch branch) {
        for (int i = 0; i < branch.memberships.length; i++) {
            Membership membership = branch.memberships[i];
            if (!sums.containsKey(membership)) {
                sums.put(membership, branch.exits(i));
            }
        }
        for (Branch child : branch.children) {
            addExits(child);
        }
    }

    private void addOthers(Branch branch, long phase) {
        for (int i = 0; i < branch.memberships.length; i++) {
            UsageSum sum = of(branch.memberships[i]);
            if (!sum.isComplete()) {
                branch.addOthers(i, phase, sum);
            }
        }
        for (Branch child : branch.children) {
            addOthers(child, phase);
        }
    }

    /** The sum of a membership that was added. */
    UsageSum of(Membership membership) {
        return Objects.requireNonNull(sums.get(membership));
    }
}
