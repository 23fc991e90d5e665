package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.jdk.ReservedStack;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One container in each hierarchy: what threads in the same places share. Interned, so that places
 * are compared by identity, and what these threads use is charged here, once, however many
 * hierarchies there are.
 */
public sealed class Membership extends MembershipEntry implements Destination, Home
        permits MeasuredMembership {

    private static final ContainerNode[] NONE = {};

    /**
     * The containers by their hierarchy's index, without trailing roots. Null if this is retired,
     * and so is {@link #handed}.
     */
    private volatile ContainerNode @Nullable [] places;

    /** A cache of moves to and from roots and to children, for look-ups without a lock. */
    private final ConcurrentHashMap<ContainerNode, MembershipRef> moves;

    private final LastHome lastHome = new LastHome(this);

    /** The places that tasks which are handed over from here take along. */
    private volatile ContainerNode @Nullable [] handed;

    /**
     * Set if one of the places was removed, before {@link #places} is dropped. Written under
     * {@link Trees#LOCK}, read without it.
     */
    private volatile @Nullable RetiredPlaces retired;

    Membership(ContainerNode[] places) {
        this.places = places;
        this.handed = Trees.handed(places);
        this.moves = new ConcurrentHashMap<>(4);
    }

    /** In the same places as {@code other}, and with its totals. */
    Membership(Membership other) {
        super(other);
        this.moves = other.moves;
    }

    /** The membership in the same places that is not measured. */
    public Membership unmeasured() {
        return this;
    }

    /** What measures the threads here; null for most memberships. */
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

    /** See {@link #handed}. */
    ContainerNode @Nullable [] handed() {
        return handed;
    }

    /** Whether tasks that are handed over from here take a place along. */
    public boolean handsOver() {
        ContainerNode[] known = handed;
        return known == null ? live().handsOver() : known.length > 0;
    }

    /**
     * Where a worker at {@code place} works for a task from here: in each hierarchy the submitter's
     * container, if tasks take it along, else the worker's.
     */
    @Override
    public Membership from(Membership place) {
        ContainerNode[] known = handed;
        return known == null ? live().from(place) : place.moveTo(known, known.length);
    }

    /** These places, but the root in each hierarchy where {@code other} hands over a container. */
    public Membership unless(Membership other) {
        ContainerNode[] known = other.handed();
        if (known == null) {
            return unless(other.live());
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
     * These places, but {@code container} in its hierarchy, or its nearest ancestor that is not
     * removed. A move from one container to another of its hierarchy goes through the root, unless
     * the other is its child. So a membership caches moves to and from roots, and to children: as
     * many as there are containers, and not their square.
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
     * These places, but in their hierarchies the first {@code count} of {@code containers}. First
     * all old containers are left, then the new ones are entered, so that no combination of old and
     * new containers is made.
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
    int rememberedMoves() {
        return moves.size();
    }

    /**
     * These places, but with each removed container replaced by its nearest ancestor that is not.
     */
    public Membership live() {
        ContainerNode[] known = places;
        if (known == null) {
            return Objects.requireNonNull(retired).heir.live();
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
     * whether it may start. Then looks whether one was removed meanwhile. A removal marks first and
     * then looks at the count, so one of the two sees the other.
     *
     * @return false if one was removed: nothing is counted
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

    /** Takes {@link #pin} back, even if hardly any stack is left. */
    @ReservedStack
    public void withdraw() {
        unpin();
        // The last member may have left meanwhile, and found the container populated.
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
     * Whether one of these containers was removed. Spins during a removal, which lasts no longer
     * than a sum over memberships; a hook may not block.
     */
    public boolean isRemoved() {
        ContainerNode[] known = places;
        return known == null || Trees.areRemoved(known);
    }

    /** Under {@link Trees#LOCK}. Needs no memory. */
    void retire(RetiredPlaces to) {
        bequeathTo(to.heir);
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
        return totals().pinsIfFree() == Totals.PINNED;
    }

    /** Of a membership that is not retired. */
    ContainerNode[] places() {
        ContainerNode[] known = places;
        return known == null ? NONE : known;
    }

    /** Under {@link Trees#LOCK}: forgets the move to {@code container}. */
    void forget(ContainerNode container) {
        moves.remove(container);
    }
}
