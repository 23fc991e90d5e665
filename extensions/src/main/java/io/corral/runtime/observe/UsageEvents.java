package io.corral.runtime.observe;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.runtime.usage.Snapshots;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The periodic events. All events of one moment are from one reading. JFR calls this class at each
 * period on one of its threads, and at the beginning and end of a chunk on the thread that begins
 * or ends it.
 */
final class UsageEvents {

    /** The last usage of a container that did not exist at the last event. */
    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final VirtualThreadExits virtualExits;

    /** The snapshot of the last usage events, or null if there is no base for the next ones. */
    private @Nullable Snapshot last;

    UsageEvents(VirtualThreadExits virtualExits) {
        this.virtualExits = virtualExits;
    }

    /** Called each period. */
    synchronized void commitUsage() {
        Snapshot snapshot = shared();
        Snapshot before = last;
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            Map<Container, Usage> known = before == null ? null : before.usages(hierarchy);
            for (Map.Entry<Container, Usage> entry : snapshot.usages(hierarchy).entrySet()) {
                Container container = entry.getKey();
                Usage since = known == null ? null : known.getOrDefault(container, NOTHING);
                new ContainerUsageEvent(container, entry.getValue(), since).commit();
            }
        }
        last = snapshot;
    }

    /**
     * Called at the beginning and end of a chunk, so that each part of a recording has all totals.
     */
    synchronized void commitTotals() {
        virtualExits.commit();
        Snapshot snapshot = Snapshots.take(0);
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            for (Map.Entry<Container, Usage> entry : snapshot.usages(hierarchy).entrySet()) {
                new ContainerTotalEvent(entry.getKey(), entry.getValue()).commit();
            }
        }
        if (EventTypes.RECONCILIATION.isEnabled()) {
            new ReconciliationEvent(snapshot).commit();
        }
    }

    /** Called each period. */
    synchronized void commitReconciliation() {
        new ReconciliationEvent(shared()).commit();
        Snapshots.measureTeardownIfDue();
    }

    /** Events of one period are from one reading; the shortest period is longer than its age. */
    private static Snapshot shared() {
        return Snapshots.take(MAX_AGE_NANOS);
    }

    /** Takes the base of the next usage events, if these are on. */
    synchronized void begin() {
        if (last == null && EventTypes.CONTAINER_USAGE.isEnabled()) {
            last = shared();
        }
    }

    /** Drops the base of the next usage events, since usage is no longer recorded. */
    synchronized void forget() {
        last = null;
    }
}
