package io.corral.runtime.usage;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.runtime.accounting.OwnCost;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.thread.Adoption;
import io.corral.runtime.thread.Members;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes snapshots. Views that ask at about the same time share one. */
public final class Snapshots {

    /** The age up to which a snapshot is shared by callers that name none. */
    public static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The latest snapshot. Guarded by this class. Weak, since it keeps removed containers. */
    private static @Nullable WeakReference<Snapshot> latest;

    /** When the latest one began, by {@link System#nanoTime()}. Guarded by this class. */
    private static long latestNanoTime;

    private Snapshots() {}

    /** Initializes this class, and those that a reading needs. */
    public static void initialize() {
        VmThreads.initialize();
    }

    /**
     * The latest snapshot if it is at most {@code maxAgeNanos} old, else a new one. A new one reads
     * all threads if the age is 0, else it may leave out threads that {@linkplain SkipPolicy rest}.
     */
    public static Snapshot take(long maxAgeNanos) {
        return take(maxAgeNanos, maxAgeNanos > 0);
    }

    /** A new snapshot, which may leave out threads that {@linkplain SkipPolicy rest}. */
    public static Snapshot takeNew() {
        return take(0, true);
    }

    private static Snapshot take(long maxAgeNanos, boolean maySkipResting) {
        Snapshot known = known(maxAgeNanos);
        if (known != null) {
            return known;
        }
        adoptAll();
        return takeOrShare(maxAgeNanos, maySkipResting);
    }

    private static @Nullable Snapshot known(long maxAgeNanos) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Snapshots.class) {
                return latest(maxAgeNanos);
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    /** Under the lock: the latest snapshot, or null if there is none or it is older. */
    private static @Nullable Snapshot latest(long maxAgeNanos) {
        Snapshot known = latest == null ? null : latest.get();
        return maxAgeNanos > 0 && System.nanoTime() - latestNanoTime <= maxAgeNanos ? known : null;
    }

    /**
     * The JVM starts some threads without a hook. Until they are adopted, their CPU time is in no
     * container. Without a lock: a rule may create a container, of which subsystems are told.
     */
    private static void adoptAll() {
        if (Members.isWoven()) {
            try {
                Adoption.adoptNew();
            } catch (SecurityException denied) {
                // The CPU time of threads that are not adopted is unattributed.
            }
        }
    }

    private static Snapshot takeOrShare(long maxAgeNanos, boolean maySkipResting) {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Snapshots.class) {
                // Another thread may have taken one meanwhile.
                Snapshot known = latest(maxAgeNanos);
                if (known != null) {
                    return known;
                }
                long now = System.nanoTime();
                Snapshot taken = take(maySkipResting);
                latest = new WeakReference<>(taken);
                latestNanoTime = now;
                return taken;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    private static Snapshot take(boolean maySkipResting) {
        Instant time = Instant.now();
        if (!Members.isWoven()) {
            return withoutAgent(time);
        }
        UsageReading reading = UsageReading.ofAll(maySkipResting);
        Map<Hierarchy, Map<Container, Usage>> usages = usages(reading);
        long process = reading.processCpuNanos();
        Map<Container, Usage> main = usages.getOrDefault(Trees.MAIN.api(), Map.of());
        Usage root = main.get(Trees.MAIN.root().api());
        return new UsageSnapshot(
                time,
                usages,
                process,
                root == null ? Usage.UNKNOWN : root.cpuNanos(),
                reading.vmCpuNanos(),
                OwnCost.nanos());
    }

    private static Snapshot withoutAgent(Instant time) {
        return new UsageSnapshot(
                time,
                usages(UsageReading.ofAll(false)),
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN,
                Usage.UNKNOWN);
    }

    private static Map<Hierarchy, Map<Container, Usage>> usages(UsageReading reading) {
        Map<Hierarchy, Map<Container, Usage>> usages = new LinkedHashMap<>();
        for (HierarchyTree tree : Trees.hierarchies()) {
            UsageMap ofTree = reading.usages(tree);
            if (!ofTree.isEmpty()) {
                usages.put(tree.api(), ofTree);
            }
        }
        return Collections.unmodifiableMap(usages);
    }
}
