package io.corral.examples.service;

import java.util.List;

/**
 * The answer of {@link Shop#USAGE_PATH}, as JSON. An unknown number is
 * {@link io.corral.Usage#UNKNOWN}.
 *
 * @param active whether the agent is active
 * @param containers those of all hierarchies, {@code main} first; parents precede their children
 * @param work one for each tenant and endpoint
 */
public record UsageReading(boolean active, List<ContainerUsage> containers, List<WorkDone> work) {

    /** The usage of one container, with the containers below it. All are from one reading. */
    public record ContainerUsage(
            String hierarchy,
            String container,
            long cpuNanos,
            long allocatedBytes,
            long threads,
            long virtualThreads,
            long forks,
            long exits) {}

    /**
     * The work done, and the CPU time that was charged to both the tenant and the endpoint.
     *
     * @param endpoint its path; {@code /} for all endpoints
     * @param units the number that the endpoint has counted
     */
    public record WorkDone(String tenant, String endpoint, long units, long cpuNanos) {}
}
