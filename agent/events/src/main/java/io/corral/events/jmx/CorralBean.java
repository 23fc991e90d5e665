package io.corral.events.jmx;

import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.runtime.control.LimitSwitch;

import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot at each call; calls within 100 ms share one. Classes for limits are loaded only
 * if there are any.
 */
final class CorralBean implements CorralMXBean {

    /** The state without any limit. */
    private static final String NONE = "none";

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

    @Override
    public String getLimitState() {
        return LimitSwitch.isOn() ? LimitOperations.state() : NONE;
    }

    @Override
    public LimitedContainer[] getLimits() {
        return LimitSwitch.isOn() ? LimitOperations.limits() : new LimitedContainer[0];
    }

    @Override
    public void overrideLimits(String limits) {
        LimitOperations.set(limits);
    }

    @Override
    public void resetLimits(String container) {
        LimitOperations.reset(container);
    }

    @Override
    public void switchLimitsOff() {
        if (!LimitSwitch.isOn()) {
            throw new IllegalStateException("no limit is set");
        }
        LimitOperations.off(true);
    }

    @Override
    public void switchLimitsOn() {
        if (LimitSwitch.isOn()) {
            LimitOperations.off(false);
        }
    }

    private static Snapshot snapshot() {
        return Containers.snapshot();
    }
}
