package io.corral.events.jfr;

import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.usage.Snapshots;
import io.corral.runtime.usage.UsageMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The periodic events. All events of one moment are from one reading. JFR calls this class at each
 * period on one of its threads, and at the beginning and end of a chunk on the thread that begins
 * or ends it.
 *
 * <p>All containers and all members are listed at the beginning and the end of a recording, or of a
 * copy of one. In between, only containers that have changed are listed.
 */
final class UsageEvents {

    /** The previous usage of a container that did not exist at the previous event. */
    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * The thread that begins a new chunk when the current one has become large. Other threads begin
     * a chunk when a recording begins, ends or is copied.
     */
    private static final String ROTATING_THREAD = "JFR Periodic Tasks";

    private final CarrierEvents carrierEvents;
    private final Residencies residencies;

    /** The snapshot of the last usage events, or null if there is no base for the next ones. */
    private @Nullable Snapshot last;

    /** The snapshot of the last totals, or null if the next ones must be of all containers. */
    private @Nullable Snapshot lastTotals;

    private boolean membersAreListed;

    UsageEvents(CarrierEvents carrierEvents, Residencies residencies) {
        this.carrierEvents = carrierEvents;
        this.residencies = residencies;
    }

    /** Called each period. Without a base, this reading becomes the base of the next events. */
    synchronized void commitUsage() {
        Snapshot snapshot = shared();
        Snapshot before = last;
        last = snapshot;
        if (before == null) {
            return;
        }
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            usages(snapshot, hierarchy)
                    .forEachChange(usages(before, hierarchy), (container, now, then) -> {
                        Usage since = then == null ? NOTHING : then;
                        new ContainerUsageEvent(container, now, since).commit();
                    });
        }
    }

    /**
     * Called at the beginning and end of a chunk, so that each part of a recording has the totals
     * of what has changed in it.
     */
    synchronized void commitTotals() {
        carrierEvents.commit();
        boolean isRotation = isRotation();
        Snapshot before = isRotation ? lastTotals : null;
        Snapshot snapshot = isRotation ? Snapshots.takeNew() : Snapshots.take(0);
        for (Hierarchy hierarchy : snapshot.hierarchies()) {
            usages(snapshot, hierarchy)
                    .forEachChange(
                            usages(before, hierarchy),
                            (container, now, then) ->
                                    new ContainerTotalEvent(container, now).commit());
        }
        lastTotals = snapshot;
        if (EventTypes.RECONCILIATION.isEnabled()) {
            new ReconciliationEvent(snapshot).commit();
        }
    }

    /** Called at the beginning and end of a chunk. */
    synchronized void commitMembers() {
        if (!isRotation()) {
            membersAreListed = true;
            Members.forEachPlatform(UsageEvents::commitMember);
        }
    }

    /** Called at the beginning and end of a chunk. */
    void commitOpenResidencies() {
        if (!isRotation()) {
            residencies.commitOpen();
        }
    }

    /**
     * Commits the events of a chunk's beginning, if the recording began before the events were
     * registered.
     */
    synchronized void commitMissing() {
        if (lastTotals == null && EventTypes.CONTAINER_TOTAL.isEnabled()) {
            commitTotals();
        }
        if (!membersAreListed && EventTypes.THREAD_MEMBER.isEnabled()) {
            commitMembers();
        }
    }

    private static void commitMember(PlatformMember member) {
        Membership home = member.home();
        if (home == null) {
            return;
        }
        for (HierarchyTree tree : Trees.hierarchies()) {
            if (tree == Trees.MAIN || home.container(tree).parent() != null) {
                new ThreadMemberEvent(
                                member.thread(),
                                member.threadId(),
                                home.container(tree).api())
                        .commit();
            }
        }
    }

    private static boolean isRotation() {
        return Thread.currentThread().getName().equals(ROTATING_THREAD);
    }

    /** The usages of a snapshot; none if that is null. */
    private static UsageMap usages(@Nullable Snapshot snapshot, Hierarchy hierarchy) {
        return snapshot != null && snapshot.usages(hierarchy) instanceof UsageMap map
                ? map
                : UsageMap.EMPTY;
    }

    /** Called each period. */
    synchronized void commitReconciliation() {
        new ReconciliationEvent(shared()).commit();
    }

    /** The snapshot for the events of one period. The shortest period is longer than its age. */
    private static Snapshot shared() {
        return Snapshots.take(MAX_AGE_NANOS);
    }

    /** Takes the base of the next usage events, if these are enabled. */
    synchronized void begin() {
        if (last == null && EventTypes.CONTAINER_USAGE.isEnabled()) {
            last = shared();
        }
    }

    /** Drops the base of the next usage events, since usage is no longer recorded. */
    synchronized void forget() {
        last = null;
        lastTotals = null;
        membersAreListed = false;
    }
}
