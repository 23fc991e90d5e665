package io.corral.runtime.api;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.LimitStat;
import io.corral.Measured;
import io.corral.PlacedBy;
import io.corral.Scope;
import io.corral.Snapshot;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.runtime.container.ApiObjects;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.membership.Places;
import io.corral.runtime.subsystem.Subsystems;
import io.corral.runtime.thread.AdoptCallbacks;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Snapshots;
import io.corral.runtime.usage.Usages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link io.corral.Containers}. */
public final class Api {

    static {
        ApiObjects.Current.objects = new Makers();
    }

    private Api() {}

    /** Makes the first API objects, so that no hook has to load their classes. */
    public static void initialize() {
        Trees.MAIN.api();
        Trees.MAIN.root().api();
    }

    public static boolean isActive() {
        return Members.isWoven();
    }

    public static Hierarchy mainHierarchy() {
        return Trees.MAIN.api();
    }

    public static PlacedBy placedBy(Thread thread) {
        return PlacementExplanation.placedBy(Objects.requireNonNull(thread, "thread"));
    }

    public static Hierarchy hierarchy(String name) {
        return Trees.hierarchy(Objects.requireNonNull(name, "name")).api();
    }

    /** Inlined into its caller, so that a scope that is closed there need not be allocated. */
    @ForceInline
    public static Scope enter(Container one, Container other) {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
        return EnteredScope.open(Places.of(ApiContainer.node(one), ApiContainer.node(other)));
    }

    public static Usage usage(Container one, Container other) {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
        return Usages.ofBoth(ApiContainer.node(one), ApiContainer.node(other));
    }

    public static Map<Container, LimitStat> limitStats() {
        Map<Container, LimitStat> stats = new LinkedHashMap<>();
        Control.forEachLimited(each -> stats.put(each.container().api(), each.stat()));
        return stats;
    }

    public static boolean areLimitsOpen() {
        return LimitSwitch.isOn() && (Control.isOff() || Control.isDegraded());
    }

    /** @throws IllegalArgumentException if {@code maxAge} is negative */
    public static Snapshot snapshot(Duration maxAge) {
        Objects.requireNonNull(maxAge, "maxAge");
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge is negative: " + maxAge);
        }
        return Snapshots.take(Durations.nanos(maxAge));
    }

    public static Snapshot snapshot() {
        return Snapshots.take(Snapshots.MAX_AGE_NANOS);
    }

    public static Usage measure(Runnable task) {
        Objects.requireNonNull(task, "task");
        MeasuredTask measured = MeasuredTask.begin();
        try {
            task.run();
        } finally {
            measured.end();
        }
        return measured.usage();
    }

    public static <T extends @Nullable Object> Measured<T> measure(Callable<T> task)
            throws Exception {
        Objects.requireNonNull(task, "task");
        MeasuredTask measured = MeasuredTask.begin();
        T result;
        try {
            result = task.call();
        } finally {
            measured.end();
        }
        return new Measured<>(result, measured.usage());
    }

    public static Usage currentThreadUsage() {
        return CurrentThreadUsage.read();
    }

    public static void register(Subsystem subsystem) {
        Subsystems.register(subsystem);
        if (Members.isWoven()) {
            AdoptCallbacks.runForAll();
        }
    }

    public static boolean unregister(Subsystem subsystem) {
        return Subsystems.unregister(subsystem);
    }

    private static final class Makers implements ApiObjects {

        @Override
        public Container container(ContainerNode node) {
            return new ApiContainer(node);
        }

        @Override
        public Hierarchy hierarchy(HierarchyTree tree) {
            return new ApiHierarchy(tree);
        }

        @Override
        public @Nullable ContainerNode node(Container container) {
            return container instanceof ApiContainer ? ApiContainer.node(container) : null;
        }
    }
}
