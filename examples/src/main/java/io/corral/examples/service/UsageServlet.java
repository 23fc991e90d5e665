package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Usage;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.examples.service.UsageReading.Numbers;
import io.corral.examples.service.UsageReading.WorkDone;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what each container has used and what was done for it. Not behind the filter. */
@SuppressWarnings("serial") // nobody serializes a servlet
final class UsageServlet extends HttpServlet {

    private final Hierarchy main = Containers.root().hierarchy();
    private final Hierarchy endpoints = Containers.hierarchy("endpoint");
    private final Units units;

    UsageServlet(Units units) {
        this.units = units;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.std.asBytes(read()));
    }

    private UsageReading read() {
        List<ContainerUsage> containers = new ArrayList<>();
        for (Hierarchy hierarchy : List.of(main, endpoints)) {
            hierarchy
                    .usages()
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
                work());
    }

    private List<WorkDone> work() {
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
                known(usage.runningAllocatedBytes()),
                known(usage.threads()),
                known(usage.virtualThreads()),
                known(usage.forks()),
                known(usage.exits()));
    }

    private static @Nullable Long known(long value) {
        return Usage.isKnown(value) ? value : null;
    }
}
