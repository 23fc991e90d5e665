package io.corral.runtime.observe;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.ProcessClock;
import io.corral.runtime.hook.ExitHook;
import io.corral.runtime.thread.Adoption;
import io.corral.runtime.usage.UsageReading;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The periodic events. Those of one moment are from one reading. JFR calls at each period on a thread
 * of its own, and at a chunk's begin and end on whatever thread begins or ends it.
 */
final class UsageEvents {

    /** Of a container that was not there at the last event. */
    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    private final Teardown teardown;
    private final VirtualThreadExits virtualExits;

    /** What the last usage events said, or null if there were none that the next may go on from. */
    private @Nullable Map<Container, Usage> last;

    UsageEvents(Teardown teardown, VirtualThreadExits virtualExits) {
        this.teardown = teardown;
        this.virtualExits = virtualExits;
    }

    /** Each period. */
    synchronized void commitUsage() {
        Map<Container, Usage> usages = read();
        Map<Container, Usage> before = last;
        for (Map.Entry<Container, Usage> entry : usages.entrySet()) {
            Container container = entry.getKey();
            Usage since = before == null ? null : before.getOrDefault(container, NOTHING);
            new ContainerUsageEvent(container, entry.getValue(), since).commit();
        }
        last = usages;
    }

    /** At a chunk's begin and end: whatever part of a recording is kept says it all. */
    synchronized void commitTotals() {
        virtualExits.commit();
        Map<Container, Usage> usages = read();
        for (Map.Entry<Container, Usage> entry : usages.entrySet()) {
            new ContainerTotalEvent(entry.getKey(), entry.getValue()).commit();
        }
        if (EventTypes.RECONCILIATION.isEnabled()) {
            commitReconciliation(usages);
        }
    }

    /** Each period. */
    synchronized void commitReconciliation() {
        commitReconciliation(read());
        teardown.measureIfDue(ExitHook.platformExits());
    }

    private void commitReconciliation(Map<Container, Usage> usages) {
        long process = ProcessClock.cpuNanos();
        long torn = teardown.cpuNanos(ExitHook.platformExits());
        new ReconciliationEvent(Reconciliation.of(usages, process, torn)).commit();
    }

    /** What the JVM has started unseen by any hook is taken in first, or its time would be nobody's. */
    private static Map<Container, Usage> read() {
        Adoption.adoptAll();
        return UsageReading.ofAll();
    }

    /** From now on there is something that usage events may go on from, if they are on. */
    synchronized void begin() {
        if (last == null && EventTypes.CONTAINER_USAGE.isEnabled()) {
            last = read();
        }
    }

    /** Nobody has recorded usage for a while: what comes next is not since the last. */
    synchronized void forget() {
        last = null;
    }
}
