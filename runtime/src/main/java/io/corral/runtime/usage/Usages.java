package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.thread.OpenStays;

import java.util.Set;

/** What containers, hierarchies and measured tasks have used. Each answer takes one reading. */
public final class Usages {

    private Usages() {}

    public static Usage of(ContainerNode container, boolean withChildren) {
        return UsageReading.read(
                container,
                reading -> reading.usage(
                        container, withChildren ? container.sum() : container.ownSum()));
    }

    /** The usage that was charged to both at once, descendants included. */
    public static Usage ofBoth(ContainerNode one, ContainerNode other) {
        HierarchyTree.checkTwo(one, other, "a usage of both");
        return UsageReading.read(one, Set.of(), false, reading -> {
            MutableUsage sum = CombinedUsage.of(one, other);
            return sum == null ? MutableUsage.UNKNOWN : UsageReading.toUsage(sum);
        });
    }

    /** The usage of each container of a hierarchy, parents first. */
    public static UsageMap of(HierarchyTree hierarchy) {
        return UsageReading.readAll(false, reading -> reading.readUsages(hierarchy));
    }

    /** The usage of a measured task. Called when it has returned, before the measurement ends. */
    public static Usage of(Measurement measurement) {
        OpenStays open = OpenStays.settle(measurement);
        AccountTotals totals = measurement.totals();
        long platformExits = totals.platformExits();
        MutableUsage sum = new MutableUsage();
        sum.read(totals, platformExits, totals.virtualExits(), AccountTotals.LATEST_PHASE);
        // These bytes are read after the charges. So bytes that are charged in between are missing;
        // otherwise they would be counted twice.
        sum.addUncharged(open.unchargedBytes(), new MutableUsage());
        return UsageReading.toUsage(sum);
    }
}
