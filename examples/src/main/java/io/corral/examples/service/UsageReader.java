package io.corral.examples.service;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.examples.service.UsageReading.Numbers;
import io.corral.examples.service.UsageReading.WorkDone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the usage of all containers from the API. */
final class UsageReader {

    private final Hierarchy endpoints = Containers.hierarchy("endpoint");
    private final List<Hierarchy> hierarchies = new ArrayList<>();

    /** @param more the names of hierarchies that are read besides those of the filter */
    UsageReader(List<String> more) {
        hierarchies.add(Containers.root().hierarchy());
        hierarchies.add(endpoints);
        more.forEach(name -> hierarchies.add(Containers.hierarchy(name)));
    }

    UsageReading read(Units units) {
        List<ContainerUsage> containers = new ArrayList<>();
        Snapshot snapshot = Containers.snapshot(Duration.ZERO);
        for (Hierarchy hierarchy : hierarchies) {
            snapshot.usages(hierarchy)
                    .forEach((container, total) -> containers.add(new ContainerUsage(
                            hierarchy.name(),
                            container.path(),
                            numbers(total),
                            numbers(container.ownUsage()))));
        }
        return new UsageReading(
                Containers.isActive(),
                Runtime.version().toString(),
                VirtualThreads.exist(),
                containers,
                work(units));
    }

    private List<WorkDone> work(Units units) {
        List<WorkDone> work = new ArrayList<>();
        for (String tenant : Shop.TENANTS) {
            for (String endpoint : Shop.ENDPOINTS) {
                Container ofTenant = Containers.at("/tenants/" + tenant);
                Usage both = Containers.usage(ofTenant, endpoints.at(endpoint));
                work.add(new WorkDone(
                        tenant,
                        endpoint,
                        units.done(tenant, endpoint),
                        known(both.cpuNanos()),
                        known(both.allocatedBytes())));
            }
        }
        return work;
    }

    private static Numbers numbers(Usage usage) {
        return new Numbers(
                known(usage.cpuNanos()),
                known(usage.allocatedBytes()),
                known(usage.settledAllocatedBytes()),
                known(usage.threads()),
                known(usage.virtualThreads()),
                known(usage.forks()),
                known(usage.exits()));
    }

    private static @Nullable Long known(long value) {
        return Usage.isKnown(value) ? value : null;
    }
}
