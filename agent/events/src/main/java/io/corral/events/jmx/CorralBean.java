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
        return ContainerUsage.orNull(snapshot().processCpuNanos());
    }

    @Override
    public @Nullable Long getContainerCpuNanos() {
        return ContainerUsage.orNull(snapshot().containerCpuNanos());
    }

    @Override
    public @Nullable Long getJvmCpuNanos() {
        return ContainerUsage.orNull(snapshot().jvmCpuNanos());
    }

    @Override
    public @Nullable Long getUnattributedCpuNanos() {
        return ContainerUsage.orNull(snapshot().unattributedCpuNanos());
    }

    @Override
    public @Nullable Long getOwnCpuNanos() {
        return ContainerUsage.orNull(snapshot().ownCpuNanos());
    }

    private static Snapshot snapshot() {
        return Containers.snapshot();
    }
}
