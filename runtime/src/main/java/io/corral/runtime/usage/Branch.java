package io.corral.runtime.usage;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.RetiredAccounts;
import io.corral.runtime.container.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container, its memberships and its children as of one moment: copied under {@link Trees#LOCK},
 * summed without it.
 *
 * <p>The copy refers to each membership and retired account strongly. So none of them is folded
 * into its successor while the copy is reachable, and none is summed twice.
 */
final class Branch {

    final ContainerNode container;
    final Membership[] memberships;
    final List<Branch> children;

    /** The retired accounts by index of {@link #memberships}; null if no membership has any. */
    private final RetiredAccounts.@Nullable Held @Nullable [] held;

    private Branch(
            ContainerNode container,
            Membership[] memberships,
            List<Branch> children,
            RetiredAccounts.@Nullable Held @Nullable [] held) {
        this.container = container;
        this.memberships = memberships;
        this.children = children;
        this.held = held;
    }

    /** Copies a container and those below it. Under {@link Trees#LOCK}. */
    static Branch copy(ContainerNode container) {
        if (container.childCount() == 0) {
            return copyAlone(container);
        }
        List<Branch> children = new ArrayList<>(container.childCount());
        for (ContainerNode child : container.childNodes()) {
            children.add(copy(child));
        }
        return copy(container, children);
    }

    /** Copies a container without those below it. Under {@link Trees#LOCK}. */
    static Branch copyAlone(ContainerNode container) {
        return copy(container, List.of());
    }

    private static Branch copy(ContainerNode container, List<Branch> children) {
        Membership[] memberships = container.memberships();
        RetiredAccounts.@Nullable Held @Nullable [] held = null;
        for (int i = 0; i < memberships.length; i++) {
            Membership membership = memberships[i];
            RetiredAccounts.Held first = container.isRemoved()
                    ? membership.retired.hold()
                    : membership.retired.foldAndHold(membership.totals());
            if (first != null) {
                held = held == null ? new RetiredAccounts.Held[memberships.length] : held;
                held[i] = first;
            }
        }
        return new Branch(container, memberships, children, held);
    }

    /**
     * The exits of one of {@link #memberships}, and of the retired accounts that it keeps: the
     * first step of its sum.
     */
    UsageSum exits(int index) {
        UsageSum sum = new UsageSum();
        sum.addExits(memberships[index].totals());
        for (RetiredAccounts.Held at = first(index); at != null; at = at.next()) {
            sum.addRetiredExits(at.totals());
        }
        return sum;
    }

    /** The second step: adds all but the exits. */
    void addOthers(int index, long phase, UsageSum sum) {
        sum.addOthers(memberships[index].totals(), phase);
        for (RetiredAccounts.Held at = first(index); at != null; at = at.next()) {
            sum.addRetiredOthers(at.totals());
        }
    }

    private RetiredAccounts.@Nullable Held first(int index) {
        return held == null ? null : held[index];
    }
}
