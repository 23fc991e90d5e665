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
 * The periodic events. Those of one moment are from one reading. JFR calls at each period on a
 * thread of its own, and at a chunk's begin and end on whatever thread begins or ends it.
 */
final class UsageEvents {

    /** Of a container that was not there at the last event. */
    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final VirtualThreadExits virtualExits;

    /** The snapshot of the last usage events, or null if the next have nothing to go on from. */
    private @Nullable Snapshot last;

    UsageEvents(VirtualThreadExits virtualExits) {
        this.virtualExits = virtualExits;
    }

    /** Each period. */
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

    /** At a chunk's begin and end, so that any part of a recording that is kept has all totals. */
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

    /** Each period. */
    synchronized void commitReconciliation() {
        new ReconciliationEvent(shared()).commit();
        Snapshots.measureTeardownIfDue();
    }

    /** Events of one period are from one reading; the shortest period is longer than its age. */
    private static Snapshot shared() {
        return Snapshots.take(MAX_AGE_NANOS);
    }

    /** From now on usage events have something to go on from, if they are on. */
    synchronized void begin() {
        if (last == null && EventTypes.CONTAINER_USAGE.isEnabled()) {
            last = shared();
        }
    }

    /** Usage has not been recorded for a while, so the next events do not go on from the last. */
    synchronized void forget() {
        last = null;
    }
}
