package io.corral.runtime.membership;

import io.corral.runtime.accounting.Account;

import java.util.concurrent.ConcurrentHashMap;

/**
 * One container in each hierarchy: what threads in the same places share. Interned, so that places
 * are compared by identity, and what these threads use is charged here, once, however many
 * hierarchies there are.
 */
public final class Membership extends Account implements Destination {

    /** By hierarchy's index, cut behind the last that is no root. Never changed. */
    private final ContainerNode[] places;

    /** Live members. A thread is counted in before anyone asks whether it may start. */
    private final Headcount threads = new Headcount();

    private final Headcount virtualThreads = new Headcount();

    /** Where entering a container leads to from here: the look-up that needs no lock. */
    private final ConcurrentHashMap<ContainerNode, Membership> moves = new ConcurrentHashMap<>(4);

    /** Memberships whose container was removed and that count here now. Under {@link Trees#LOCK}. */
    final RetiredAccounts retired = new RetiredAccounts();

    /** Whether tasks that are handed over from here take a place along. */
    private final boolean handsOver;

    Membership(ContainerNode[] places) {
        this.places = places;
        boolean hands = false;
        for (ContainerNode place : places) {
            hands |= place.handsOver();
        }
        this.handsOver = hands;
    }

    /** Whether tasks that are handed over from here take a place along. */
    public boolean handsOver() {
        return handsOver;
    }

    /** Where a worker at {@code place} works for a task from here: hierarchy by hierarchy, where this hands over. */
    @Override
    public Membership from(Membership place) {
        Membership at = place;
        for (ContainerNode handed : places) {
            if (handed.handsOver()) {
                at = at.moveTo(handed);
            }
        }
        return at;
    }

    public ContainerNode container(HierarchyTree hierarchy) {
        return hierarchy.index < places.length ? places[hierarchy.index] : hierarchy.root();
    }

    /** These places, but {@code container} in its hierarchy. */
    public Membership moveTo(ContainerNode container) {
        if (container(container.hierarchy()) == container) {
            return this;
        }
        Membership known = moves.get(container);
        return known != null ? known : Trees.move(this, container, moves);
    }

    /** These places, but with each removed container replaced by its nearest ancestor that is not. */
    public Membership live() {
        Membership live = this;
        for (ContainerNode place : places) {
            ContainerNode alive = place.nearestLive();
            if (alive != place) {
                live = live.moveTo(alive);
            }
        }
        return live;
    }

    /** Counts a thread in, so that no container it is in can be removed. */
    public void pin(boolean virtual) {
        (virtual ? virtualThreads : threads).enter();
    }

    /** Counts a thread out. */
    public void unpin(boolean virtual) {
        (virtual ? virtualThreads : threads).leave();
    }

    /** After a thread was counted in: arms the notices that its leaving may give. */
    public void populated() {
        ReleaseNotices.populated(this);
    }

    /** After a thread was counted out: gives the notices that are due. Does not block. */
    public void emptied() {
        ReleaseNotices.emptied(this);
    }

    /**
     * Whether one of these containers is removed, after waiting for a removal that is under way: it
     * ends within a sum over memberships, and spinning is all a hook may do.
     */
    public boolean isRemoved() {
        for (ContainerNode place : places) {
            if (place.isRemovedOrSpin()) {
                return true;
            }
        }
        return false;
    }

    public long threads() {
        return threads.count();
    }

    public long virtualThreads() {
        return virtualThreads.count();
    }

    boolean hasMembers() {
        return threads.count() > 0 || virtualThreads.count() > 0;
    }

    ContainerNode[] places() {
        return places;
    }

    void forget(ContainerNode container) {
        moves.remove(container);
    }
}
