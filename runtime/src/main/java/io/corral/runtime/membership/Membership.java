package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Occupancy;
import io.corral.runtime.container.ReleaseNotices;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.StackSafeMaps;
import io.corral.runtime.rollup.SummedAccount;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One container in each hierarchy. Threads in the same places share a membership. It is interned,
 * so that places are compared by identity. The usage of these threads is charged here, once for all
 * hierarchies.
 */
public sealed class Membership extends SummedAccount implements MembershipRef, Route, Home
        permits MeasuredMembership {

    private static final ContainerNode[] NONE = {};

    private static final Occupancy[] NEVER_GIVES_WAY = {};

    /** The membership of threads that are only in roots. */
    public static final Membership ROOT = new Membership(NONE);

    static {
        MembershipTable.addRoot(ROOT);
    }

    /**
     * The containers by the index of their hierarchy, without trailing roots. This and
     * {@link #handed} are null if the membership is retired.
     */
    private volatile ContainerNode @Nullable [] places;

    /** A cache of moves to and from roots and to children, for look-ups without a lock. */
    private final ConcurrentHashMap<ContainerNode, MembershipRef> moves;

    private final LastHome lastHome = new LastHome(this);

    /** Those of the places that may give way: most memberships have none. */
    private final Occupancy[] occupied;

    /** The containers that a task takes along if it is submitted in these places. */
    private volatile ContainerNode @Nullable [] handed;

    /**
     * Not null if one of the places was removed. Set before {@link #places} is dropped. Written
     * under {@link Trees#LOCK}, read without it.
     */
    private volatile @Nullable RetiredPlaces retired;

    private volatile @Nullable PlacementCache placementCache;

    /** See {@link MembershipRef}. Set under {@link Trees#LOCK}, before others find this. */
    private MembershipRef ref = this;

    private int[] slots = {};

    Membership(ContainerNode[] places) {
        this.places = places;
        this.handed = handed(places);
        this.moves = new ConcurrentHashMap<>(4);
        this.occupied = occupied(places);
    }

    /** Creates a membership with the places and the totals of {@code other}. */
    Membership(Membership other) {
        super(other);
        this.moves = other.moves;
        this.occupied = other.occupied;
    }

    private static Occupancy[] occupied(ContainerNode[] places) {
        Occupancy[] occupied = NEVER_GIVES_WAY;
        for (ContainerNode place : places) {
            Occupancy of = place.occupancy();
            if (of != null) {
                occupied = Arrays.copyOf(occupied, occupied.length + 1);
                occupied[occupied.length - 1] = of;
            }
        }
        return occupied;
    }

    /** Called before a scope is opened in which a thread works here. */
    public final void scopeOpens() {
        for (Occupancy each : occupied) {
            each.scopes.opened();
        }
    }

    /** Called after such a scope was closed, or was not opened. */
    public final void scopeCloses() {
        for (Occupancy each : occupied) {
            each.scopes.closed();
        }
    }

    /** True as well if one that may give way is here, and another one was removed. */
    @Override
    public final boolean hasGivenWay() {
        return occupied.length > 0 && isRemoved();
    }

    /**
     * As {@link #live}, but each container that has given way is found or made again. Not for
     * carriers, since it may create containers.
     */
    @Override
    public Membership again() {
        Membership again = live();
        for (Occupancy each : occupied) {
            ContainerNode made = each.again();
            if (made != null) {
                again = again.moveTo(made);
            }
        }
        return again;
    }

    /** The places that tasks take along: those that Corral has not chosen. */
    private static ContainerNode[] handed(ContainerNode[] places) {
        ContainerNode[] handed = new ContainerNode[places.length];
        int count = 0;
        for (ContainerNode place : places) {
            if (!place.isChosen()) {
                handed[count++] = place;
            }
        }
        return count == places.length ? places : Arrays.copyOf(handed, count);
    }

    /** The membership in the same places that is not measured. */
    public Membership unmeasured() {
        return this;
    }

    /** The measurement that threads of this membership work for; null for most memberships. */
    public @Nullable Measurement measurement() {
        return null;
    }

    /** Counts a thread that is born here. */
    public void countFork(boolean isVirtual) {
        totals().countFork(isVirtual);
    }

    /** Counts a thread that ends here. */
    public void countExit(boolean isVirtual) {
        totals().countExit(isVirtual);
    }

    /** The home of threads that have ended here. */
    public LastHome lastHome() {
        return lastHome;
    }

    /** A last home that no other thread shares. */
    public LastHome newLastHome() {
        return new LastHome(this);
    }

    /** The containers that tasks take along; see {@link #handed}. */
    ContainerNode @Nullable [] handed() {
        return handed;
    }

    /** Whether the place in main is the JVM's own: no callbacks run for its threads. */
    public boolean belongsToJvm() {
        return container(Trees.MAIN).belongsToJvm();
    }

    /** Whether tasks that are handed over from here take a place along. */
    public boolean handsOver() {
        ContainerNode[] known = handed;
        return known == null ? live().handsOver() : known.length > 0;
    }

    /**
     * Where a worker at {@code place} runs a task that was submitted here: in each hierarchy the
     * submitter's container, if tasks take it along, else the worker's.
     */
    @Override
    public Membership from(Membership place) {
        ContainerNode[] known = handed;
        return known == null ? live().from(place) : place.moveTo(known, known.length);
    }

    /**
     * The membership with these places, but with the root in each hierarchy in which tasks take a
     * container of {@code other} along.
     */
    public Membership withoutHandedOver(Membership other) {
        ContainerNode[] known = other.handed();
        if (known == null) {
            return withoutHandedOver(other.live());
        }
        Membership rest = this;
        for (ContainerNode place : known) {
            rest = rest.moveTo(place.hierarchy().root());
        }
        return rest;
    }

    @Override
    public ContainerNode container(HierarchyTree hierarchy) {
        ContainerNode[] known = places;
        return known == null
                ? Objects.requireNonNull(retired).container(hierarchy)
                : container(known, hierarchy);
    }

    /** The container of a hierarchy among these places. */
    static ContainerNode container(ContainerNode[] places, HierarchyTree hierarchy) {
        return hierarchy.index < places.length ? places[hierarchy.index] : hierarchy.root();
    }

    /** The membership of a thread that works here and enters a destination. */
    public final Membership enter(Destination destination) {
        return destination instanceof ContainerNode container
                ? moveTo(container)
                : ((Route) destination).from(this);
    }

    /**
     * The membership with these places, but with {@code container} in its hierarchy, or with its
     * nearest live ancestor. A move between two containers of a hierarchy is looked up in two
     * steps, through the root, unless the second one is a child of the first. So a membership
     * caches only moves to and from roots, and to children. Their number grows with the number of
     * containers, and not with its square.
     */
    public Membership moveTo(ContainerNode container) {
        ContainerNode here = container(container.hierarchy());
        if (here == container) {
            return this;
        }
        ContainerNode above = container.parent();
        if (here.parent() != null && above != null && above != here) {
            return moveTo(here.hierarchy().root()).moveTo(container);
        }
        MembershipRef ref = moves.get(container);
        Membership known = ref == null ? null : ref.get();
        if (known != null) {
            return known;
        }
        ContainerNode[] from = places;
        // A retired membership caches nothing, because removals would not clear its cache.
        return from == null ? live().moveTo(container) : move(from, container);
    }

    /** The slow path of {@link #moveTo(ContainerNode)}. */
    private Membership move(ContainerNode[] from, ContainerNode to) {
        ContainerNode[] target = MembershipTable.with(from, to);
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (Trees.LOCK) {
                Membership moved = MembershipTable.live(target);
                if (!to.isRemoved() && !isRemoved()) {
                    StackSafeMaps.put(moves, to, moved.ref);
                }
                Combinations.sweepIfDue();
                return moved;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    /**
     * The membership with these places, but with the first {@code count} elements of
     * {@code containers} in their hierarchies. All old containers are left before the new ones are
     * entered, so that no combination of old and new containers is created.
     */
    public Membership moveTo(ContainerNode[] containers, int count) {
        Membership at = this;
        for (int i = 0; i < count; i++) {
            HierarchyTree hierarchy = containers[i].hierarchy();
            if (at.container(hierarchy) != containers[i]) {
                at = at.moveTo(hierarchy.root());
            }
        }
        for (int i = 0; i < count; i++) {
            at = at.moveTo(containers[i]);
        }
        return at;
    }

    /** Used by tests. */
    int cachedMoves() {
        return moves.size();
    }

    /**
     * The membership with these places, but with the nearest live ancestor in place of each removed
     * container.
     */
    public Membership live() {
        ContainerNode[] known = places;
        if (known == null) {
            return Objects.requireNonNull(retired).successor.live();
        }
        if (!areRemoved(known)) {
            return this;
        }
        Membership live = ROOT;
        for (ContainerNode place : known) {
            live = live.moveTo(place.nearestLive());
        }
        return live;
    }

    /**
     * Counts a thread in, so that its containers can't be removed, before subsystems are asked
     * whether it may start. Then checks whether a container was removed meanwhile. A removal marks
     * the container first and then reads the count, so one of the two sees the other.
     *
     * @return false if a container was removed; then nothing is counted
     */
    public boolean pin() {
        totals().pin();
        boolean live = false;
        try {
            totals().markChanged();
            live = !isRemoved();
        } finally {
            if (!live) {
                withdraw();
            }
        }
        return live;
    }

    /** Undoes {@link #pin}, even if hardly any stack is left. */
    @ReservedStack
    public void withdraw() {
        unpin();
        // The last member may have left meanwhile, and may have found the container populated
        // because of this pin.
        emptied();
    }

    /** As {@link #withdraw}, for a thread whose adoption was counted. */
    @ReservedStack
    public void withdrawAdopted(boolean isVirtual) {
        totals().countAdoption(isVirtual, -1);
        withdraw();
    }

    /** Counts a thread out. */
    public void unpin() {
        totals().unpin();
    }

    /** Called after a thread was counted in: arms the release notices. */
    public void populated() {
        if (ReleaseNotices.areWanted()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                ReleaseNotices.populated(container(hierarchy));
            }
        }
    }

    /**
     * Called after a thread was counted out: gives the release notices that are due. Does not
     * block.
     */
    public void emptied() {
        if (ReleaseNotices.areWanted() && !hasMembers()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                ReleaseNotices.emptied(container(hierarchy));
            }
        }
    }

    /**
     * Whether one of these containers was removed. Spins during a removal, since a hook may not
     * block. The removal takes as long as it takes to add up the memberships.
     */
    public boolean isRemoved() {
        ContainerNode[] known = places;
        return known == null || areRemoved(known);
    }

    private static boolean areRemoved(ContainerNode[] places) {
        for (ContainerNode place : places) {
            if (place.isRemovedOrSpin()) {
                return true;
            }
        }
        return false;
    }

    /** Under {@link Trees#LOCK}. Needs no memory. */
    void retire(RetiredPlaces to) {
        setSuccessor(to.successor);
        retired = to;
        places = null;
        handed = null;
        StackSafeMaps.clear(moves);
    }

    /**
     * Whether one of these containers was removed. Does not wait for a removal that is under way,
     * so it is not for callers that count a thread in.
     */
    public boolean isRetired() {
        return retired != null;
    }

    @Override
    public Membership get() {
        return this;
    }

    /** The reference to this membership in tables. */
    MembershipRef ref() {
        return ref;
    }

    void ref(MembershipRef ref) {
        this.ref = ref;
    }

    @Override
    public int[] slots() {
        return slots;
    }

    @Override
    public void slots(int[] slots) {
        this.slots = slots;
    }

    public @Nullable PlacementCache placementCache() {
        return placementCache;
    }

    public void placementCache(PlacementCache cache) {
        placementCache = cache;
    }

    /** The places. The membership must not be retired. */
    ContainerNode[] places() {
        ContainerNode[] known = places;
        return known == null ? NONE : known;
    }

    /** Under {@link Trees#LOCK}: forgets the move to {@code container}. */
    void forget(ContainerNode container) {
        moves.remove(container);
    }
}
