package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;

/** Containers that are entered for the first time, or removed, without enough memory. */
final class ContainersWithoutMemoryScenarios {

    /** Each round leaves room for one or two more small objects. */
    private static final int ROUNDS = 40;

    private ContainersWithoutMemoryScenarios() {}

    @Scenario
    static void containerEnteredOnAFullHeapIsChargedLater() {
        // Makes the list of all memberships of a root so long that only its copy does not fit into
        // the heap.
        Hierarchy other = Containers.hierarchy("exhausted");
        for (Container each : FreshContainers.of(other.root(), 2_000)) {
            each.enter().close();
        }
        Container[] containers = FreshContainers.of(Containers.at("/exhausted/full"), ROUNDS);
        containers[0].enter().close();
        HeapBallast ballast = new HeapBallast();
        int failed = 0;
        for (int i = 1; i < containers.length; i++) {
            ballast.fill();
            ballast.leaveRoom(i);
            try {
                containers[i].enter().close();
            } catch (OutOfMemoryError full) {
                failed++;
            }
        }
        ballast.release();
        assertThat(failed).isPositive();
        FreshContainers.assertAreCharged(containers, containers.length);
    }

    @Scenario
    static void totalsDoNotFallWhenAContainerIsRemovedOnAFullHeap() {
        Container parent = Containers.at("/exhausted/removed");
        Hierarchy other = Containers.hierarchy("exhausted-removed");
        Container[] containers = FreshContainers.of(parent, ROUNDS / 2);
        Container[] others = FreshContainers.of(other.root(), 20);
        for (Container container : containers) {
            for (Container beside : others) {
                try (Scope outer = container.enter();
                        Scope inner = beside.enter()) {
                    FreshContainers.burn();
                }
            }
        }
        HeapBallast ballast = new HeapBallast();
        int failed = 0;
        for (int i = 0; i < containers.length; i++) {
            long before = parent.usage().cpuNanos();
            ballast.fill();
            ballast.leaveRoom(2 * i);
            boolean removed = true;
            try {
                containers[i].remove();
            } catch (OutOfMemoryError full) {
                removed = false;
                failed++;
            }
            ballast.release();
            assertThat(parent.usage().cpuNanos()).isGreaterThanOrEqualTo(before);
            if (!removed) {
                containers[i].remove();
            }
            assertThat(parent.usage().cpuNanos()).isGreaterThanOrEqualTo(before);
        }
        assertThat(failed).isPositive();
        assertThat(parent.children()).isEmpty();
    }
}
