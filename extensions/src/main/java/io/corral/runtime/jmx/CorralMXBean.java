package io.corral.runtime.jmx;

import org.jspecify.annotations.Nullable;

/**
 * The whole process: where its CPU time went. All values are of one snapshot, which is at most 100
 * ms old. A value is null where it is unknown.
 */
@Describe("CPU time of the process since its start, or since the agent was attached to it")
public interface CorralMXBean {

    @Describe("Names of the hierarchies; each has an MBean of its own")
    String[] getHierarchies();

    @Describe("CPU time of the process, in nanoseconds; on Linux in steps of 10 ms")
    @Nullable Long getProcessCpuNanos();

    @Describe("CPU time charged to containers, in nanoseconds")
    @Nullable Long getContainerCpuNanos();

    @Describe("CPU time of the JVM's own threads, as GC and JIT, in nanoseconds")
    @Nullable Long getJvmCpuNanos();

    @Describe("CPU time of threads after their last reading, in nanoseconds; estimated")
    @Nullable Long getTeardownCpuNanos();

    @Describe("CPU time that nothing else here explains, in nanoseconds; may be negative")
    @Nullable Long getUnattributedCpuNanos();

    @Describe("CPU time of Corral's hooks and readings, in nanoseconds; a part of that of the"
            + " containers; estimated")
    @Nullable Long getOwnCpuNanos();
}
