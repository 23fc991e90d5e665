package io.corral.events.jmx;

import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;

import org.jspecify.annotations.Nullable;

/** Reads a snapshot at each call; calls within 100 ms share one. */
final class CorralBean implements CorralMXBean {

    @Override
    public String[] getHierarchies() {
        return snapshot().hierarchies().stream().map(Hierarchy::name).toArray(String[]::new);
    }

    @Override
    public @Nullable Long getProcessCpuNanos() {
        return JmxNumbers.orNull(snapshot().processCpuNanos());
    }

    @Override
    public @Nullable Long getContainerCpuNanos() {
        return JmxNumbers.orNull(snapshot().containerCpuNanos());
    }

    @Override
    public @Nullable Long getJvmCpuNanos() {
        return JmxNumbers.orNull(snapshot().jvmCpuNanos());
    }

    @Override
    public @Nullable Long getUnattributedCpuNanos() {
        return JmxNumbers.orNull(snapshot().unattributedCpuNanos());
    }

    @Override
    public @Nullable Long getOwnCpuNanos() {
        return JmxNumbers.orNull(snapshot().ownCpuNanos());
    }

    private static Snapshot snapshot() {
        return Containers.snapshot();
    }
}
