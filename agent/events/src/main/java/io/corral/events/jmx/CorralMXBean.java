package io.corral.events.jmx;

import org.jspecify.annotations.Nullable;

/**
 * The CPU time of the process and its parts, and the limits of containers. All times are of one
 * snapshot, which is at most 100 ms old. An unknown value is null.
 */
@Describe("CPU time of the process since its start, or since the agent was attached to it; limits")
public interface CorralMXBean {

    @Describe("Names of the hierarchies; each has an MBean of its own")
    String[] getHierarchies();

    @Describe("CPU time of the process, in nanoseconds; on Linux in steps of 10 ms")
    @Nullable Long getProcessCpuNanos();

    @Describe("CPU time charged to containers, in nanoseconds")
    @Nullable Long getContainerCpuNanos();

    @Describe("CPU time of the JVM's own threads, such as GC and JIT, in nanoseconds")
    @Nullable Long getJvmCpuNanos();

    @Describe("CPU time of the process in no other part, in nanoseconds; most of it is what"
            + " ending threads use, 30 to 200 us each; may be negative")
    @Nullable Long getUnattributedCpuNanos();

    @Describe("CPU time of Corral's hooks and readings, in nanoseconds; estimated,"
            + " and included in that of the containers")
    @Nullable Long getOwnCpuNanos();

    @Describe("Whether limits are in force: none (no limit is set), on, off (opened by hand) or"
            + " degraded (open, since their thread does not run)")
    String getLimitState();

    @Describe("The containers with limits, what is set for them, and what their limits have done")
    LimitedContainer[] getLimits();

    /** @throws IllegalArgumentException if the limit is wrong; the message says what is valid */
    @Describe("Sets limits of a container until they are reset, as a line of the rules file does:"
            + " /tenants/acme requests.max 10 wait 2s")
    void overrideLimits(String limits);

    /** @throws IllegalArgumentException if there is no such container */
    @Describe("Resets the limits of a container to those of the rules file")
    void resetLimits(String container);

    /** @throws IllegalStateException if no limit is set */
    @Describe("Opens all doors: no limit delays or refuses anything")
    void switchLimitsOff();

    @Describe("Puts the limits into force again")
    void switchLimitsOn();
}
