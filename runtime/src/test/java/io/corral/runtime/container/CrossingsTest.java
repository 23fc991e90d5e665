package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways from a container to another are remembered up to some number; then they lead by the root. */
class CrossingsTest {

    /** More than may be remembered, where each meets each. */
    private static final int CONTAINERS = 330;

    private static final HierarchyTree TREE = Trees.hierarchy("crossings");

    @Test
    void waysThatAreNotRememberedLeadToTheSamePlace() {
        int before = Trees.crossings();
        List<ContainerNode> containers = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            containers.add(TREE.root().at("c" + i));
        }
        for (ContainerNode from : containers) {
            Membership place = Trees.ROOT.moveTo(from);
            for (ContainerNode to : containers) {
                assertThat(place.moveTo(to)).isSameAs(Trees.ROOT.moveTo(to));
            }
        }
        assertThat(Trees.areCrossingsMany()).isTrue();
        Membership last = Trees.ROOT.moveTo(containers.get(CONTAINERS - 1));
        assertThat(last.crossings()).isLessThan(CONTAINERS - 1);
        containers.get(0).remove();
        assertThat(Trees.areCrossingsMany()).isFalse();
        containers.subList(1, CONTAINERS).forEach(ContainerNode::remove);
        assertThat(Trees.crossings()).isEqualTo(before);
    }
}
