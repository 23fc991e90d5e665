package io.corral.report.usage;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The usage of the containers of one hierarchy over time. */
public final class HierarchyHistory {

    /** The containers that show the JVM's own threads. No total above them includes these. */
    private static final Set<String> OF_JVM = Set.of("/jvm/gc", "/jvm/jit", "/jvm/other");

    private static final String ROOT = "/";

    private final TreeMap<String, ContainerHistory> containers = new TreeMap<>();
    private final NavigableSet<Long> ticks;

    /** The history of {@code main}. */
    public HierarchyHistory() {
        ticks = new TreeSet<>();
        container(ROOT);
    }

    /**
     * All roots have the same totals. The one of {@code main} has them from the beginning, also if
     * the other hierarchy is newer than the recording.
     */
    public HierarchyHistory(HierarchyHistory main) {
        ticks = main.ticks;
        containers.put(ROOT, main.container(ROOT));
    }

    /**
     * The history of the container at a path. Creates it, and those of its parents, if there is
     * none.
     */
    public ContainerHistory container(String path) {
        ContainerHistory known = containers.get(path);
        if (known != null) {
            return known;
        }
        if (!path.equals(ROOT)) {
            container(parent(path));
        }
        ContainerHistory added = new ContainerHistory(path, ticks);
        containers.put(path, added);
        return added;
    }

    /** Adds a time at which containers were read. */
    public void tick(long nanos) {
        ticks.add(nanos);
    }

    public boolean hasTicks() {
        return !ticks.isEmpty();
    }

    /** All containers, parents before their children. */
    public Collection<ContainerHistory> containers() {
        return containers.values();
    }

    /** Whether the container shows the JVM's own threads, so that no total above includes it. */
    public static boolean belongsToJvm(String path) {
        return OF_JVM.contains(path);
    }

    /** For each path, CPU nanoseconds of the container without those below it, by bucket. */
    public Map<String, double[]> ownCpu(TimeAxis axis) {
        return own(axis, history -> history.cpu);
    }

    /** For each path, allocated bytes of the container without those below it, by bucket. */
    public Map<String, double[]> ownAllocated(TimeAxis axis) {
        return own(axis, history -> history.allocated);
    }

    /** For each path, queued nanoseconds of the container without those below it, by bucket. */
    public Map<String, double[]> ownQueued(TimeAxis axis) {
        return own(axis, history -> history.queued);
    }

    /** For each path, ended waits of the container without those below it, by bucket. */
    public Map<String, double[]> ownWaits(TimeAxis axis) {
        return own(axis, history -> history.waits);
    }

    /** Whether queued time was measured. */
    public boolean isQueuedKnown() {
        return container(ROOT).queued.isKnown();
    }

    /** Whether waits were counted. Earlier versions of Corral did not. */
    public boolean areWaitsKnown() {
        return container(ROOT).waits.isKnown();
    }

    private Map<String, double[]> own(TimeAxis axis, Function<ContainerHistory, Counter> of) {
        Map<String, double[]> all = new HashMap<>();
        containers.forEach(
                (path, container) -> all.put(path, container.buckets(of.apply(container), axis)));
        // Parents come first, so each parent is subtracted from its own parent before its children
        // are subtracted from it.
        for (String path : containers.keySet()) {
            double[] above = all.get(parent(path));
            double[] part = all.get(path);
            if (!path.equals(ROOT) && !belongsToJvm(path) && above != null && part != null) {
                Arrays.setAll(above, bucket -> above[bucket] - part[bucket]);
            }
        }
        // Readings of a parent and a child can differ a little when a chunk ends.
        all.values().forEach(own -> Arrays.setAll(own, bucket -> Math.max(0, own[bucket])));
        return all;
    }

    /** The path of the container above, which is the root for a root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }
}
