package io.corral.runtime.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.usage.UsageMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HierarchyPeriodTest {

    private static final HierarchyTree OTHER = Trees.hierarchy("hierarchy-period");

    private final PeriodWaits waits = new PeriodWaits();

    private Map<String, Double> waited(HierarchyTree hierarchy) {
        return HierarchyPeriod.of(hierarchy, UsageMap.EMPTY, UsageMap.EMPTY, waits).stream()
                .collect(Collectors.toMap(each -> each.path, each -> each.waitedNanos));
    }

    @Test
    void waitCountsInTheContainerOfEachHierarchyAndInThoseAbove() {
        ContainerNode tenant = Trees.MAIN.at("/hierarchy-period/tenant");
        Membership both = Membership.ROOT.moveTo(tenant).moveTo(OTHER.at("/endpoint"));
        waits.add(both, 2);
        waits.add(Membership.ROOT.moveTo(tenant), 1);
        assertThat(waited(Trees.MAIN))
                .isEqualTo(Map.of(
                        "/", 3.0, "/hierarchy-period", 3.0, "/hierarchy-period/tenant", 3.0));
        assertThat(waited(OTHER)).isEqualTo(Map.of("/", 3.0, "/endpoint", 2.0));
    }

    @Test
    void waitAtADoorCountsInItsHierarchyOnly() {
        waits.add(Trees.MAIN.at("/hierarchy-period/door"), 1);
        assertThat(waited(OTHER)).isEmpty();
        assertThat(waited(Trees.MAIN)).containsEntry("/hierarchy-period/door", 1.0);
    }

    @Test
    void containerThatWasRemovedMeanwhileKeepsItsPath() {
        Container removed = Containers.at("/hierarchy-period/removed");
        Membership there = Membership.ROOT.moveTo(Trees.MAIN.at("/hierarchy-period/removed"));
        waits.add(there, 1);
        removed.remove();
        assertThat(waited(Trees.MAIN)).containsEntry("/hierarchy-period/removed", 1.0);
    }

    @Test
    void nothingIsLeftAfterThePeriod() {
        waits.add(Membership.ROOT.moveTo(OTHER.at("/endpoint")), 1);
        waits.clear();
        assertThat(waited(OTHER)).isEmpty();
    }
}
