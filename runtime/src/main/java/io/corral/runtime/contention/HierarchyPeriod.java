package io.corral.runtime.contention;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.container.ApiObjects;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.usage.UsageMap;
import java.util.Collection;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What the containers of one hierarchy have used and waited in a period. */
final class HierarchyPeriod {

    private final IdentityHashMap<ContainerNode, ContainerPeriod> containers =
            new IdentityHashMap<>();

    private HierarchyPeriod() {}

    /**
     * Those that have used or waited, and those above them.
     *
     * @param before the usages when the period began
     * @param now the usages at its end
     * @param waits that are not in the usages
     */
    static Collection<ContainerPeriod> of(
            HierarchyTree hierarchy, UsageMap before, UsageMap now, PeriodWaits waits) {
        HierarchyPeriod period = new HierarchyPeriod();
        now.forEachChange(before, period::addUsage);
        waits.forEach(hierarchy, period::addWait);
        return period.containers.values();
    }

    private void addUsage(Container changed, Usage now, @Nullable Usage before) {
        ContainerNode node = ApiObjects.Current.nodeOf(changed);
        if (node == null) {
            return;
        }
        ContainerPeriod period = period(node);
        period.usedNanos = since(before == null ? 0 : before.cpuNanos(), now.cpuNanos());
        if (!node.belongsToJvm()) {
            period.waitedNanos +=
                    since(before == null ? 0 : before.queuedNanos(), now.queuedNanos());
        }
        ContainerPeriod parent = period.parent;
        if (parent != null) {
            // No sum includes those of the JVM's own threads: ownNanos() is 0 then, not less.
            parent.usedBelowNanos += period.usedNanos;
        }
    }

    private static double since(long before, long now) {
        return Usage.isKnown(before) && Usage.isKnown(now) ? Math.max(0, now - before) : 0;
    }

    private void addWait(ContainerNode at, double nanos) {
        for (ContainerPeriod each = period(at); each != null; each = each.parent) {
            each.waitedNanos += nanos;
        }
    }

    private ContainerPeriod period(ContainerNode node) {
        ContainerPeriod known = containers.get(node);
        if (known == null) {
            ContainerNode parent = node.parent();
            known = new ContainerPeriod(node.path(), parent == null ? null : period(parent));
            containers.put(node, known);
        }
        return known;
    }
}
