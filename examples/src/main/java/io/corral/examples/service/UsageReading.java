package io.corral.examples.service;

import io.corral.examples.service.UsageReading.ContainerUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Shop#USAGE_PATH} answers, as JSON. An unknown number is null.
 *
 * @param active whether the agent is there
 * @param java the version of the service's JVM
 * @param virtualRequests whether requests run on virtual threads
 * @param containers of the hierarchies {@code main} and {@code endpoint} and those asked for, parents
 *     first
 * @param work each tenant's at each endpoint
 */
public record UsageReading(
        boolean active,
        String java,
        boolean virtualRequests,
        List<ContainerUsage> containers,
        List<WorkDone> work) {

    /**
     * One container's usage.
     *
     * @param total with what is below; all totals of a hierarchy are of one reading
     * @param own without what is below, read after the totals
     */
    public record ContainerUsage(String hierarchy, String container, Numbers total, Numbers own) {}

    /** The numbers of an {@code io.corral.Usage}. */
    public record Numbers(
            @Nullable Long cpuNanos,
            @Nullable Long allocatedBytes,
            @Nullable Long runningAllocatedBytes,
            @Nullable Long threads,
            @Nullable Long virtualThreads,
            @Nullable Long forks,
            @Nullable Long exits) {}

    /**
     * What was done, and what was charged to the tenant and to the endpoint at once.
     *
     * @param units of work that the endpoint has counted
     */
    public record WorkDone(
            String tenant,
            String endpoint,
            long units,
            @Nullable Long cpuNanos,
            @Nullable Long allocatedBytes) {}
}
