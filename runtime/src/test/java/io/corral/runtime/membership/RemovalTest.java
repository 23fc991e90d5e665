package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A removal handles the memberships of the removed container, and no others. */
class RemovalTest {

    private static final HierarchyTree ONE = Trees.hierarchy("removal-one");
    private static final HierarchyTree OTHER = Trees.hierarchy("removal-other");

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void removalAllocatesTheSameForAnyNumberOfContainers() {
        ContainerNode beside = ONE.root().create("beside");
        long[] bytes = new long[2];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10; i++) {
                ContainerNode request = ONE.root().create("request" + i);
                Membership.ROOT.moveTo(request);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                Removal.remove(request);
                bytes[round] = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            for (int i = 0; i < 20_000; i++) {
                Membership.ROOT.moveTo(beside.create("live" + round + "-" + i));
            }
        }
        assertThat(bytes[1]).isLessThan(bytes[0] + 1_000);
    }

    @Test
    void removalTakesOnlyItsOwnCombinationsOutOfOtherContainers() {
        ContainerNode removed = ONE.root().create("combined");
        ContainerNode parent = OTHER.root().create("parent");
        for (int i = 0; i < 100; i++) {
            ContainerNode child = parent.create("c" + i);
            Membership.ROOT.moveTo(child).moveTo(removed);
            assertThat(MembershipTable.in(child)).hasSize(2);
        }
        Removal.remove(removed);
        for (ContainerNode child : parent.childNodes()) {
            assertThat(MembershipTable.in(child)).containsExactly(Membership.ROOT.moveTo(child));
            assertThat(Membership.ROOT.moveTo(child).cachedMoves()).isZero();
        }
    }
}
