package io.corral.runtime.usage;

import io.corral.runtime.accounting.Account;
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

    /** Sums the memberships of {@code branches}. Called once. */
    void add(@Nullable Branch... branches) {
        for (Branch branch : branches) {
            if (branch != null) {
                addCharges(branch);
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

    private void addCharges(Branch branch) {
        for (int i = 0; i < branch.memberships.length; i++) {
            Membership membership = branch.memberships[i];
            if (!sums.containsKey(membership)) {
                sums.put(membership, branch.sum(i));
            }
        }
        for (Branch child : branch.children) {
            addCharges(child);
        }
    }

    /** The sum of a membership that was added. */
    UsageSum of(Membership membership) {
        return Objects.requireNonNull(sums.get(membership));
    }
}
