package io.corral.examples.service;

import io.corral.examples.service.UsageReading.ContainerUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@link Shop#USAGE_PATH}, as JSON. An unknown number is null.
 *
 * @param active whether the agent is active
 * @param java the version of the service's JVM
 * @param virtualRequests whether requests run on virtual threads
 * @param containers those of the hierarchies {@code main}, {@code endpoint} and the requested ones;
 *     parents precede their children
 * @param work one for each tenant and endpoint
 */
public record UsageReading(
        boolean active,
        String java,
        boolean virtualRequests,
        List<ContainerUsage> containers,
        List<WorkDone> work) {

    /**
     * The usage of one container.
     *
     * @param total with the containers below; all totals of a hierarchy are from one reading
     * @param own without the containers below; read after the totals
     */
    public record ContainerUsage(String hierarchy, String container, Numbers total, Numbers own) {}

    /** The numbers of an {@code io.corral.Usage}. */
    public record Numbers(
            @Nullable Long cpuNanos,
            @Nullable Long allocatedBytes,
            @Nullable Long settledAllocatedBytes,
            @Nullable Long threads,
            @Nullable Long virtualThreads,
            @Nullable Long forks,
            @Nullable Long exits) {}

    /**
     * The work done, and what was charged to both the tenant and the endpoint.
     *
     * @param units the number that the endpoint has counted
     */
    public record WorkDone(
            String tenant,
            String endpoint,
            long units,
            @Nullable Long cpuNanos,
            @Nullable Long allocatedBytes) {}
}
