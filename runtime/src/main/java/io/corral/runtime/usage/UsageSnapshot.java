package io.corral.runtime.usage;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The values of a snapshot; see {@link Snapshot} for what they mean. */
record UsageSnapshot(
        Instant time,
        Map<Hierarchy, Map<Container, Usage>> usages,
        long processCpuNanos,
        long containerCpuNanos,
        long jvmCpuNanos,
        long ownCpuNanos)
        implements Snapshot {

    @Override
    public List<Hierarchy> hierarchies() {
        return List.copyOf(usages.keySet());
    }

    @Override
    public Map<Container, Usage> usages(Hierarchy hierarchy) {
        return usages.getOrDefault(hierarchy, Map.of());
    }

    @Override
    public Map<Container, Usage> removedUsages(Hierarchy hierarchy) {
        return usages(hierarchy) instanceof UsageMap map ? map.removed() : Map.of();
    }
}
