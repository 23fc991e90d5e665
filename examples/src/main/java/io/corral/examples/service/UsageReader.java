package io.corral.examples.service;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.examples.service.UsageReading.WorkDone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the usage of all containers from the API. */
final class UsageReader {

    private UsageReader() {}

    static UsageReading read(Units units) {
        List<ContainerUsage> containers = new ArrayList<>();
        Snapshot snapshot = Containers.snapshot(Duration.ZERO);
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            snapshot.usages(hierarchy)
                    .forEach((container, total) -> containers.add(new ContainerUsage(
                            hierarchy.name(),
                            container.path(),
                            total.cpuNanos(),
                            total.allocatedBytes(),
                            total.threads(),
                            total.virtualThreads(),
                            total.forks(),
                            total.exits())));
        }
        return new UsageReading(Containers.isActive(), containers, work(units, snapshot));
    }

    private static List<WorkDone> work(Units units, Snapshot snapshot) {
        List<WorkDone> work = new ArrayList<>();
        for (String tenant : Shop.TENANTS) {
            Container ofTenant = find(snapshot, "main", "/tenants/" + tenant);
            long all = 0;
            for (String endpoint : Shop.ENDPOINTS) {
                long done = units.done(tenant, endpoint);
                all += done;
                Container ofEndpoint = find(snapshot, "endpoint", endpoint);
                long nanos = ofTenant == null || ofEndpoint == null
                        ? 0
                        : Containers.usage(ofTenant, ofEndpoint).cpuNanos();
                work.add(new WorkDone(tenant, endpoint, done, nanos));
            }
            long nanos = ofTenant == null ? 0 : ofTenant.usage().cpuNanos();
            work.add(new WorkDone(tenant, "/", all, nanos));
        }
        return work;
    }

    /** Null if there is no such container. {@code Containers.at} would create it. */
    private static @Nullable Container find(Snapshot snapshot, String hierarchy, String path) {
        return snapshot.hierarchies().stream()
                .filter(each -> each.name().equals(hierarchy))
                .flatMap(each -> snapshot.usages(each).keySet().stream())
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElse(null);
    }
}
