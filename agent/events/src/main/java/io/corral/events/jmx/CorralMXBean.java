package io.corral.events.jmx;

import org.jspecify.annotations.Nullable;

/**
 * The CPU time of the process and its parts. All values are of one snapshot, which is at most 100
 * ms old. An unknown value is null.
 */
@Describe("CPU time of the process since its start, or since the agent was attached to it")
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
}
