package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;
import io.corral.runtime.membership.Removal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Maps of readings that follow each other. */
class UsageTableTest {

    private static int trees;

    private final HierarchyTree tree = Trees.hierarchy("usage-table-" + trees++);
    private final UsageTable table = new UsageTable(tree.nodes);

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    private UsageMap read() {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return table.read(List.of(), (node, sum) -> sum.toUsage(true, true));
        }
    }

    private static void charge(ContainerNode container, long nanos) {
        Charges.cpu(Membership.ROOT.moveTo(container), nanos);
    }

    private static long cpuNanos(UsageMap map, ContainerNode container) {
        return Objects.requireNonNull(map.get(container.api())).cpuNanos();
    }

    @Test
    void laterChargesDoNotChangeAMap() {
        ContainerNode one = tree.at("/one");
        charge(one, 1);
        UsageMap first = read();
        charge(one, 2);
        ContainerNode two = tree.at("/two");
        UsageMap second = read();
        assertThat(cpuNanos(first, one)).isEqualTo(1);
        assertThat(first.get(two.api())).isNull();
        assertThat(first).hasSize(2);
        assertThat(cpuNanos(second, one)).isEqualTo(3);
        assertThat(cpuNanos(second, two)).isZero();
        assertThat(second.keySet()).containsExactly(tree.root().api(), one.api(), two.api());
    }

    @Test
    void unchangedUsageIsShared() {
        ContainerNode quiet = tree.at("/quiet");
        ContainerNode busy = tree.at("/busy");
        charge(quiet, 1);
        UsageMap first = read();
        assertThat(read()).isSameAs(first);
        charge(busy, 1);
        UsageMap second = read();
        assertThat(second.get(quiet.api())).isSameAs(first.get(quiet.api()));
        assertThat(changes(first, second))
                .containsOnlyKeys("/busy", "/")
                .containsEntry("/busy", "0 to 1");
    }

    @Test
    void removedContainerStaysInEarlierMaps() {
        ContainerNode gone = tree.at("/gone");
        charge(gone, 5);
        UsageMap first = read();
        Removal.remove(gone);
        UsageMap second = read();
        assertThat(cpuNanos(first, gone)).isEqualTo(5);
        assertThat(second.get(gone.api())).isNull();
        assertThat(second).hasSize(1);
    }

    @Test
    void usageOfRemovedContainersIsReportedSeparately() {
        ContainerNode parent = tree.at("/parent");
        ContainerNode gone = tree.at("/parent/gone");
        ContainerNode below = gone.create("below");
        ContainerNode quick = parent.create("quick");
        charge(parent, 1);
        charge(gone, 10);
        charge(below, 100);
        assertThat(read().removed()).isEmpty();
        Membership open = Membership.ROOT.moveTo(below);
        Removal.remove(below);
        assertThat(removedNanos()).isEqualTo(Map.of("/parent/gone", 100L));
        charge(gone, 20);
        Removal.remove(gone);
        charge(quick, 1_000);
        Removal.remove(quick);
        assertThat(removedNanos()).isEqualTo(Map.of("/parent", 1_130L));
        // Through a scope that is still open.
        Charges.cpu(open, 10_000);
        assertThat(removedNanos()).isEqualTo(Map.of("/parent", 11_130L));
        assertThat(cpuNanos(read(), parent)).isEqualTo(11_131);
    }

    @Test
    void usageOfRemovedContainersIsKeptWhileContainersComeAndGo() {
        ContainerNode parent = tree.at("/parent");
        for (int i = 0; i < 100; i++) {
            ContainerNode child = parent.create("c" + i);
            charge(child, 1);
            if (i % 3 == 0) {
                Removal.remove(child);
            }
            assertThat(removedNanos()).isEqualTo(Map.of("/parent", 1L + i / 3));
        }
    }

    private Map<String, Long> removedNanos() {
        Map<String, Long> nanos = new HashMap<>();
        read().removed()
                .forEach((container, usage) -> nanos.put(container.path(), usage.cpuNanos()));
        return nanos;
    }

    /** Whatever comes and goes, a map is the same as one that is made anew. */
    @Test
    void mapsEqualThoseOfANewTable() {
        Random chance = new Random(1);
        List<ContainerNode> live = new ArrayList<>();
        UsageMap before = read();
        Map<Container, Usage> copied = new HashMap<>(before);
        for (int i = 0; i < 3_000; i++) {
            int kind = chance.nextInt(i / 500 % 2 == 0 ? 4 : 3);
            if (live.isEmpty() || kind == 3 || kind == 2) {
                ContainerNode parent = live.isEmpty() || chance.nextBoolean()
                        ? tree.root()
                        : live.get(chance.nextInt(live.size()));
                live.add(parent.depth() > 5 ? tree.at("/c" + i) : parent.create("c" + i));
            } else if (kind == 1) {
                ContainerNode removed = live.get(chance.nextInt(live.size()));
                if (removed.childCount() == 0) {
                    Removal.remove(removed);
                    live.remove(removed);
                }
            } else {
                charge(live.get(chance.nextInt(live.size())), 1);
            }
            if (chance.nextInt(10) == 0) {
                UsageMap now = read();
                UsageMap anew = anew();
                assertThat(now).isEqualTo(anew).hasSize(live.size() + 1);
                assertThat(before).isEqualTo(copied);
                Map<Container, Usage> then = copied;
                int[] changed = new int[1];
                now.forEachChange(before, (container, usage, old) -> {
                    assertThat(usage).isNotEqualTo(old);
                    assertThat(old).isEqualTo(then.get(container));
                    changed[0]++;
                });
                long expected = now.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(then.get(entry.getKey())))
                        .count();
                assertThat(changed[0]).isEqualTo((int) expected);
                before = now;
                copied = new HashMap<>(now);
            }
        }
    }

    private UsageMap anew() {
        Map<Container, Usage> expected = new HashMap<>();
        synchronized (Trees.LOCK) {
            for (ContainerNode node : tree.nodes.copy()) {
                if (node != null) {
                    expected.put(node.api(), node.sum().toUsage(true, true));
                }
            }
        }
        ContainerNode[] nodes = new ContainerNode[expected.size()];
        Usage[] usages = new Usage[expected.size()];
        int length = 0;
        for (Map.Entry<Container, Usage> entry : expected.entrySet()) {
            nodes[length] = io.corral.runtime.container.ApiObjects.Current.nodeOf(entry.getKey());
            usages[length++] = entry.getValue();
        }
        return new UsageMap(nodes, usages, new Usage[length], length);
    }

    private static Map<String, String> changes(UsageMap before, UsageMap now) {
        Map<String, String> changes = new HashMap<>();
        now.forEachChange(
                before,
                (container, usage, then) -> changes.put(
                        container.path(),
                        (then == null ? "none" : then.cpuNanos()) + " to " + usage.cpuNanos()));
        return changes;
    }
}
