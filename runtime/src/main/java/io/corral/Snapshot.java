package io.corral;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading of all containers, held against the CPU time of the whole process. It never changes.
 * Take one by {@link Containers#snapshot()}.
 *
 * <p>CPU times are nanoseconds, user and system, since Corral counts: since the JVM started, or
 * since a late attach of the agent. Each is {@link Usage#UNKNOWN} where it can't be measured, and
 * all are without the agent. A snapshot keeps the containers that it shows alive, removed ones too.
 */
public interface Snapshot {

    /** When the reading began. CPU time used before then is in it. */
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
     * @return an unmodifiable map, empty for a hierarchy that did not exist then
     */
    Map<Container, Usage> usages(Hierarchy hierarchy);

    /**
     * What containers that were removed had used, by the container that was their parent. It is a
     * part of the parent's usage. So a container's usage less this, and less that of its children,
     * is what its own threads used.
     *
     * @return an unmodifiable map that has the containers with removed children
     */
    Map<Container, Usage> removedUsages(Hierarchy hierarchy);

    /**
     * The usage of one container and of those below it.
     *
     * @return null for a container that did not exist then, or was removed
     */
    default @Nullable Usage usage(Container container) {
        return usages(container.hierarchy()).get(container);
    }

    /**
     * CPU time of the process, as the operating system counts it: on Linux in steps of 10 ms. It is
     * read separately, right after the containers, and is never a sum of the other values.
     */
    long processCpuNanos();

    /** CPU time charged to containers. */
    long containerCpuNanos();

    /** CPU time of the JVM's own threads: garbage collectors, compilers and others. */
    long jvmCpuNanos();

    /**
     * CPU time that platform threads used after their last reading, in their teardown. An estimate:
     * what probe threads use, times the number of threads that ended. It is unknown in the first
     * snapshots, while Corral measures in the background, and on machines where it can't measure.
     */
    long teardownCpuNanos();

    /**
     * CPU time of the process that nothing else here explains. It includes the teardown while that
     * is unknown. It may be negative, by as much as the process's clock is coarse and the teardown
     * an estimate.
     */
    default long unattributedCpuNanos() {
        if (!Usage.isKnown(processCpuNanos())
                || !Usage.isKnown(containerCpuNanos())
                || !Usage.isKnown(jvmCpuNanos())) {
            return Usage.UNKNOWN;
        }
        long teardown = Usage.isKnown(teardownCpuNanos()) ? teardownCpuNanos() : 0;
        return processCpuNanos() - containerCpuNanos() - jvmCpuNanos() - teardown;
    }

    /**
     * CPU time of Corral's hooks and readings, by sampling: an estimate. Containers are charged for
     * it, so it is a part of {@link #containerCpuNanos()}.
     */
    long ownCpuNanos();
}
