package io.corral.runtime.container;

import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.jdk.ReservedStack;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One container in each hierarchy. Threads in the same places share a membership. It is interned,
 * so that places are compared by identity. The usage of these threads is charged here, once for all
 * hierarchies.
 */
public sealed class Membership extends MembershipEntry implements Destination, Home
        permits MeasuredMembership {

    private static final ContainerNode[] NONE = {};

    /**
     * The containers by the index of their hierarchy, without trailing roots. This and
     * {@link #handed} are null if the membership is retired.
     */
    private volatile ContainerNode @Nullable [] places;

    /** A cache of moves to and from roots and to children, for look-ups without a lock. */
    private final ConcurrentHashMap<ContainerNode, MembershipRef> moves;

    private final LastHome lastHome = new LastHome(this);

    /** The containers that a task takes along if it is submitted in these places. */
    private volatile ContainerNode @Nullable [] handed;

    /**
     * Not null if one of the places was removed. Set before {@link #places} is dropped. Written
     * under {@link Trees#LOCK}, read without it.
     */
    private volatile @Nullable RetiredPlaces retired;

    Membership(ContainerNode[] places) {
        this.places = places;
        this.handed = Trees.handed(places);
        this.moves = new ConcurrentHashMap<>(4);
    }

    /** Creates a membership with the places and the totals of {@code other}. */
    Membership(Membership other) {
        super(other);
        this.moves = other.moves;
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
    public void countFork(boolean virtual) {
        totals().countFork(virtual);
    }

    /** Counts a thread that ends here. */
    public void countExit(boolean virtual) {
        totals().countExit(virtual);
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

    public ContainerNode container(HierarchyTree hierarchy) {
        ContainerNode[] known = places;
        return known == null
                ? Objects.requireNonNull(retired).container(hierarchy)
                : Trees.container(known, hierarchy);
    }

    /**
     * The membership with these places, but with {@code container} in its hierarchy, or with its
     * nearest live ancestor. A move between two containers of a hierarchy is looked up in two
     * steps, through the root, withoutHandedOver the second one is a child of the first. So a
     * membership caches only moves to and from roots, and to children. Their number grows with the
     * number of containers, and not with its square.
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
        return from == null ? live().moveTo(container) : Trees.move(this, from, container, moves);
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
        if (!Trees.areRemoved(known)) {
            return this;
        }
        Membership live = Trees.ROOT;
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
            totals().changed();
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
    public void withdrawAdopted(boolean virtual) {
        totals().countAdoption(virtual, -1);
        withdraw();
    }

    /** Counts a thread out. */
    public void unpin() {
        totals().unpin();
    }

    /** Called after a thread was counted in: arms the release notices. */
    public void populated() {
        ReleaseNotices.populated(this);
    }

    /**
     * Called after a thread was counted out: gives the release notices that are due. Does not
     * block.
     */
    public void emptied() {
        ReleaseNotices.emptied(this);
    }

    /**
     * Whether one of these containers was removed. Spins during a removal, since a hook may not
     * block. The removal takes as long as it takes to add up the memberships.
     */
    public boolean isRemoved() {
        ContainerNode[] known = places;
        return known == null || Trees.areRemoved(known);
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

    /** Whether a thread is a member, or may become one. */
    boolean hasMembers() {
        return totals().pinsIfFree() == AccountTotals.PINNED;
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
