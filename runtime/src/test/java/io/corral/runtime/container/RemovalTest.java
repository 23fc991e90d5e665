package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A removal handles the memberships of the removed container, and no others. */
class RemovalTest {

    private static final HierarchyTree ONE = Trees.hierarchy("removal-one");
    private static final HierarchyTree OTHER = Trees.hierarchy("removal-other");

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void memoryOfARemovalDoesNotDependOnTheNumberOfContainers() {
        ContainerNode beside = ONE.root().create("beside");
        long[] bytes = new long[2];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10; i++) {
                ContainerNode request = ONE.root().create("request" + i);
                Trees.ROOT.moveTo(request);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                request.remove();
                bytes[round] = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            for (int i = 0; i < 20_000; i++) {
                Trees.ROOT.moveTo(beside.create("live" + round + "-" + i));
            }
        }
        assertThat(bytes[1]).isLessThan(bytes[0] + 1_000);
    }

    @Test
    void containerOfManyCombinationsLeavesTheOthersInTheirContainers() {
        ContainerNode removed = ONE.root().create("combined");
        ContainerNode parent = OTHER.root().create("parent");
        for (int i = 0; i < 100; i++) {
            ContainerNode child = parent.create("c" + i);
            Trees.ROOT.moveTo(child).moveTo(removed);
            assertThat(child.memberships.size()).isEqualTo(2);
        }
        removed.remove();
        for (ContainerNode child : parent.childNodes()) {
            assertThat(child.memberships.copy()).containsExactly(Trees.ROOT.moveTo(child));
            assertThat(Trees.ROOT.moveTo(child).cachedMoves()).isZero();
        }
    }
}
