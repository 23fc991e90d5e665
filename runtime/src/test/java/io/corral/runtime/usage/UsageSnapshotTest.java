package io.corral.runtime.usage;

import static io.corral.Usage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageSnapshotTest {

    @Test
    void unattributedIsWhatIsLeftOfTheProcess() {
        assertThat(snapshot(150, 100, 24).unattributedCpuNanos()).isEqualTo(26);
        assertThat(snapshot(120, 100, 24).unattributedCpuNanos()).isEqualTo(-4);
    }

    @Test
    void unattributedIsUnknownIfAnotherPartIs() {
        assertThat(snapshot(UNKNOWN, 100, 24).unattributedCpuNanos()).isEqualTo(UNKNOWN);
        assertThat(snapshot(150, UNKNOWN, 24).unattributedCpuNanos()).isEqualTo(UNKNOWN);
        assertThat(snapshot(150, 100, UNKNOWN).unattributedCpuNanos()).isEqualTo(UNKNOWN);
    }

    @Test
    void allIsUnknownWithoutTheAgent() {
        Container container = Containers.at("/snapshot/unknown");
        Snapshot snapshot = Containers.snapshot(Duration.ZERO);
        assertThat(snapshot.processCpuNanos()).isEqualTo(UNKNOWN);
        assertThat(snapshot.containerCpuNanos()).isEqualTo(UNKNOWN);
        assertThat(snapshot.unattributedCpuNanos()).isEqualTo(UNKNOWN);
        Usage usage = snapshot.usage(container);
        assertThat(usage).isNotNull();
        assertThat(usage.cpuNanos()).isEqualTo(UNKNOWN);
    }

    @Test
    void snapshotIsSharedUpToItsAge() {
        Snapshot first = Containers.snapshot(Duration.ZERO);
        assertThat(Containers.snapshot(Duration.ofDays(1))).isSameAs(first);
        assertThat(Containers.snapshot(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(first);
        assertThat(Containers.snapshot(Duration.ZERO)).isNotSameAs(first);
        assertThat(first.time()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void negativeAgeIsRefused() {
        assertThatThrownBy(() -> Containers.snapshot(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxAge");
    }

    @Test
    void containersComeWithTheirHierarchyParentsFirst() {
        Hierarchy hierarchy = Containers.hierarchy("snapshot-order");
        Container child = hierarchy.at("/a/b");
        Snapshot snapshot = Containers.snapshot(Duration.ZERO);
        assertThat(snapshot.hierarchies()).contains(hierarchy);
        assertThat(snapshot.hierarchies().get(0)).isSameAs(Containers.root().hierarchy());
        assertThat(snapshot.usages(hierarchy).keySet())
                .containsExactly(hierarchy.root(), hierarchy.at("/a"), child);
        Hierarchy later = Containers.hierarchy("snapshot-later");
        assertThat(snapshot.usages(later)).isEmpty();
        assertThat(snapshot.usage(later.root())).isNull();
    }

    private static Snapshot snapshot(long process, long containers, long jvm) {
        return new UsageSnapshot(
                Instant.EPOCH, Map.of(), process, containers, jvm, /* ownCpuNanos= */ 1);
    }
}
