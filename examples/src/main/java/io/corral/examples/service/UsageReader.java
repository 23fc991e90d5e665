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

/** Reads the usage of all containers from the API. */
final class UsageReader {

    private UsageReader() {}

    static UsageReading read(Units units) {
        List<WorkDone> work = work(units);
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
        return new UsageReading(Containers.isActive(), containers, work);
    }

    private static List<WorkDone> work(Units units) {
        Hierarchy endpoints = Containers.hierarchy("endpoint");
        List<WorkDone> work = new ArrayList<>();
        for (String tenant : Shop.TENANTS) {
            Container ofTenant = Containers.at("/tenants/" + tenant);
            long all = 0;
            for (String endpoint : Shop.ENDPOINTS) {
                long done = units.done(tenant, endpoint);
                all += done;
                long nanos = Containers.usage(ofTenant, endpoints.at(endpoint)).cpuNanos();
                work.add(new WorkDone(tenant, endpoint, done, nanos));
            }
            work.add(new WorkDone(tenant, "/", all, ofTenant.usage().cpuNanos()));
        }
        return work;
    }
}
