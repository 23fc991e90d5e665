package io.corral.runtime.container;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.jdk.ReservedStack;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One container in each hierarchy: what threads in the same places share. Interned, so that places
 * are compared by identity, and what these threads use is charged here, once, however many
 * hierarchies there are.
 */
public final class Membership extends MembershipSums implements Destination, Home, MembershipRef {

    private static final ContainerNode[] NONE = {};

    /** The containers by their hierarchy's index, without trailing roots. Never changed. */
    private final ContainerNode[] places;

    /** A cache of moves to and from roots and to children, for look-ups without a lock. */
    private final ConcurrentHashMap<ContainerNode, MembershipRef> moves =
            new ConcurrentHashMap<>(4);

    private final LastHome lastHome = newLastHome();

    /**
     * The decisions that placement caches for this membership. Only placement knows their class.
     */
    private volatile @Nullable Object decisions;

    /** The places that tasks which are handed over from here take along. */
    private final ContainerNode[] handed;

    /** See {@link MembershipRef}. Set under {@link Trees#LOCK}, before others find this. */
    private MembershipRef ref = this;

    private int[] slots = {};

    /** Written under {@link Trees#LOCK}, read without it. */
    private volatile boolean isRetired;

    Membership(ContainerNode[] places) {
        this.places = places;
        this.handed = handed(places);
    }

    private static ContainerNode[] handed(ContainerNode[] places) {
        ContainerNode[] handed = new ContainerNode[places.length];
        int count = 0;
        for (ContainerNode place : places) {
            if (!place.isChosen()) {
                handed[count++] = place;
            }
        }
        return count == 0 ? NONE : count == places.length ? places : Arrays.copyOf(handed, count);
    }

    /** Used by placement, as is the setter. */
    public @Nullable Object decisions() {
        return decisions;
    }

    public void decisions(Object decisions) {
        this.decisions = decisions;
    }

    /** The home of threads that have ended here. */
    public LastHome lastHome() {
        return lastHome;
    }

    /** A last home that no other thread shares. */
    public LastHome newLastHome() {
        return new LastHome(this);
    }

    /** Whether tasks that are handed over from here take a place along. */
    public boolean handsOver() {
        return handed.length > 0;
    }

    /**
     * Where a worker at {@code place} works for a task from here: in each hierarchy the submitter's
     * container, if tasks take it along, else the worker's.
     */
    @Override
    public Membership from(Membership place) {
        return place.moveTo(handed, handed.length);
    }

    /** These places, but the root in each hierarchy where {@code other} hands over a container. */
    public Membership unless(Membership other) {
        Membership rest = this;
        for (ContainerNode place : other.handed) {
            rest = rest.moveTo(place.hierarchy().root());
        }
        return rest;
    }

    public ContainerNode container(HierarchyTree hierarchy) {
        return container(places, hierarchy);
    }

    static ContainerNode container(ContainerNode[] places, HierarchyTree hierarchy) {
        return hierarchy.index < places.length ? places[hierarchy.index] : hierarchy.root();
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
        // A retired membership caches nothing, because removals would not clear its cache.
        return isRetired ? live().moveTo(container) : Trees.move(this, container, moves);
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
        if (!isRemoved()) {
            return this;
        }
        Membership live = Trees.ROOT;
        for (ContainerNode place : places) {
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
        for (ContainerNode place : places) {
            if (place.isRemovedOrSpin()) {
                return true;
            }
        }
        return false;
    }

    /** Under {@link Trees#LOCK}. Needs no memory. */
    void retire(Membership heir) {
        bequeathTo(heir);
        isRetired = true;
        StackSafeMaps.clear(moves);
    }

    /**
     * Whether one of these containers was removed. Does not wait for a removal that is under way,
     * so it is not for callers that count a thread in.
     */
    public boolean isRetired() {
        return isRetired;
    }

    /** How others refer to this. */
    MembershipRef ref() {
        return ref;
    }

    void ref(MembershipRef ref) {
        this.ref = ref;
    }

    @Override
    public Membership get() {
        return this;
    }

    @Override
    public int[] slots() {
        return slots;
    }

    @Override
    public void slots(int[] slots) {
        this.slots = slots;
    }

    /** Whether a thread is a member, or may become one. */
    boolean hasMembers() {
        return totals().pinsIfFree() == Totals.PINNED;
    }

    ContainerNode[] places() {
        return places;
    }

    /** Under {@link Trees#LOCK}: forgets the move to {@code container}. */
    void forget(ContainerNode container) {
        moves.remove(container);
    }
}
