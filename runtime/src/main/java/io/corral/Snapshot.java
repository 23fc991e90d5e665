package io.corral;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading of all containers, with the CPU time of the whole process for comparison. It is
 * immutable, and returned by {@link Containers#snapshot()}.
 *
 * <p>CPU times are in nanoseconds, user and system, since the JVM's start, or since the agent was
 * attached to the running JVM. A value that can't be measured is {@link Usage#UNKNOWN}; without the
 * agent all are. A snapshot keeps its containers reachable, removed ones included.
 */
public interface Snapshot {

    /** The time at which the reading began. The reading includes all CPU time used before. */
    Instant time();

    /** The hierarchies that existed then, {@code main} first. */
    List<Hierarchy> hierarchies();

    /**
     * The usage of each container of a hierarchy, parents before their children. A container's
     * {@link Container#usage()} is exactly the sum of its {@link Container#ownUsage()} and its
     * children's usage. Roots of all hierarchies show the same sums. Only {@code /jvm/gc},
     * {@code /jvm/jit} and {@code /jvm/other} show the JVM's own threads, which no total above them
     * includes.
     *
     * @return an unmodifiable map; empty if the hierarchy did not exist at the time of the reading
     */
    Map<Container, Usage> usages(Hierarchy hierarchy);

    /**
     * The usage of removed containers, summed by parent. It is a part of the parent's usage. So the
     * usage of a container, minus this value and minus the usage of its children, is the usage of
     * its own threads.
     *
     * @return an unmodifiable map with the containers that have removed children
     */
    Map<Container, Usage> removedUsages(Hierarchy hierarchy);

    /**
     * The usage of one container and of those below it.
     *
     * @return null if the container did not exist at the time of the reading, or was removed
     */
    default @Nullable Usage usage(Container container) {
        return usages(container.hierarchy()).get(container);
    }

    /**
     * CPU time of the process, as the operating system counts it: on Linux in steps of 10 ms. It is
     * read from the operating system right after the containers, and is not a sum of the other
     * values.
     */
    long processCpuNanos();

    /** CPU time charged to containers. */
    long containerCpuNanos();

    /** CPU time of the JVM's own threads: garbage collectors, compilers and others. */
    long jvmCpuNanos();

    /**
     * CPU time of the process that is in none of the other values. Most of it is used by platform
     * threads at their end: 30 to 200 microseconds each, after the last reading. It may be
     * negative, since the process's clock is coarse.
     */
    default long unattributedCpuNanos() {
        if (!Usage.isKnown(processCpuNanos())
                || !Usage.isKnown(containerCpuNanos())
                || !Usage.isKnown(jvmCpuNanos())) {
            return Usage.UNKNOWN;
        }
        return processCpuNanos() - containerCpuNanos() - jvmCpuNanos();
    }

    /**
     * CPU time of Corral's hooks and readings: an estimate, by sampling. It is charged to
     * containers, so it is a part of {@link #containerCpuNanos()}.
     */
    long ownCpuNanos();
}
