package io.corral.events.jmx;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.LimitStat;
import io.corral.Snapshot;
import io.corral.Usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A snapshot of a hierarchy as arrays. The elements at one index are the values of one container,
 * with those below it. An unknown value is {@link Long#MIN_VALUE}. The class is public for JMX,
 * which creates composite data from the getters.
 */
public final class UsageColumns {

    private final Snapshot snapshot;
    private final List<Map.Entry<Container, Usage>> rows;
    private final Map<Container, LimitStat> limits = Containers.limitStats();

    UsageColumns(Snapshot snapshot, List<Map.Entry<Container, Usage>> rows) {
        this.snapshot = snapshot;
        this.rows = rows;
    }

    /** The time of the snapshot, in microseconds since the epoch. */
    public long getTimeMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, snapshot.time());
    }

    public String[] getPaths() {
        String[] paths = new String[rows.size()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = rows.get(i).getKey().path();
        }
        return paths;
    }

    public long[] getCpuNanos() {
        return column(Usage::cpuNanos);
    }

    public long[] getApportionedCpuNanos() {
        return column(Usage::apportionedCpuNanos);
    }

    public long[] getAllocatedBytes() {
        return column(Usage::allocatedBytes);
    }

    public long[] getSettledAllocatedBytes() {
        return column(Usage::settledAllocatedBytes);
    }

    public long[] getThreads() {
        return column(Usage::threads);
    }

    public long[] getVirtualThreads() {
        return column(Usage::virtualThreads);
    }

    public long[] getForks() {
        return column(Usage::forks);
    }

    public long[] getExits() {
        return column(Usage::exits);
    }

    /** Nanoseconds; unknown unless the option {@code queued} is on. */
    public long[] getQueuedNanos() {
        return column(Usage::queuedNanos);
    }

    /** Such waits that have ended. */
    public long[] getWaits() {
        return column(Usage::waits);
    }

    /** The virtual threads and tasks that wait now. */
    public long[] getWaiting() {
        return column(Usage::waiting);
    }

    /**
     * How long requests have waited because of the container's limits, in nanoseconds; unknown
     * without a limit.
     */
    public long[] getThrottledNanos() {
        return ofLimits(LimitStat::waitedNanos);
    }

    /**
     * Requests and starts of threads that the container's limits have refused; unknown without a
     * limit.
     */
    public long[] getShed() {
        return ofLimits(stat -> stat.shed() + stat.refusedStarts());
    }

    private long[] ofLimits(ToLongFunction<LimitStat> value) {
        long[] column = new long[rows.size()];
        for (int i = 0; i < column.length; i++) {
            LimitStat stat = limits.get(rows.get(i).getKey());
            column[i] = stat == null ? Usage.UNKNOWN : value.applyAsLong(stat);
        }
        return column;
    }

    private long[] column(ToLongFunction<Usage> value) {
        long[] column = new long[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.applyAsLong(rows.get(i).getValue());
        }
        return column;
    }

    public long getProcessCpuNanos() {
        return snapshot.processCpuNanos();
    }

    public long getContainerCpuNanos() {
        return snapshot.containerCpuNanos();
    }

    public long getJvmCpuNanos() {
        return snapshot.jvmCpuNanos();
    }

    /** A part of {@link #getJvmCpuNanos}: the garbage collector. */
    public long getGcCpuNanos() {
        return ofJvm("/jvm/gc");
    }

    /** A part of {@link #getJvmCpuNanos}: the compilers. */
    public long getJitCpuNanos() {
        return ofJvm("/jvm/jit");
    }

    /** Only the hierarchy {@code main} has these containers. */
    private long ofJvm(String path) {
        Hierarchy main = Containers.root().hierarchy();
        for (Map.Entry<Container, Usage> each : snapshot.usages(main).entrySet()) {
            if (each.getKey().path().equals(path)) {
                return each.getValue().cpuNanos();
            }
        }
        return Usage.UNKNOWN;
    }

    public long getUnattributedCpuNanos() {
        return snapshot.unattributedCpuNanos();
    }

    public long getOwnCpuNanos() {
        return snapshot.ownCpuNanos();
    }
}
