package io.corral.runtime.membership;

import io.corral.runtime.container.AccountRef;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.StackSafeMaps;
import io.corral.runtime.rollup.Rollup;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The memberships by their places. Written under {@link Trees#LOCK}, read without it. */
public final class MembershipTable {

    private static final ConcurrentHashMap<Key, MembershipRef> BY_PLACES =
            new ConcurrentHashMap<>();

    private MembershipTable() {}

    /** Adds the membership of the roots. */
    static void addRoot(Membership root) {
        synchronized (Trees.LOCK) {
            add(root, root);
            BY_PLACES.put(new Key(root.places()), root);
        }
    }

    /**
     * Under {@link Trees#LOCK}: see {@link Rollup#update}.
     *
     * @return the number of this reading
     */
    public static long updateSums() {
        return Rollup.update(MembershipTable::forEach);
    }

    /** Calls {@code action} for each membership. */
    private static void forEach(Consumer<? super Membership> action) {
        for (MembershipRef ref : BY_PLACES.values()) {
            Membership membership = ref.get();
            if (membership != null) {
                action.accept(membership);
            }
        }
    }

    /** Under {@link Trees#LOCK}: the memberships in a container. */
    public static Membership[] in(ContainerNode container) {
        AccountRef[] refs = container.accounts.copy();
        Membership[] found = new Membership[refs.length];
        int length = 0;
        for (AccountRef ref : refs) {
            Membership membership = ((MembershipRef) ref).get();
            if (membership != null) {
                found[length++] = membership;
            }
        }
        return Arrays.copyOf(found, length);
    }

    /** Under {@link Trees#LOCK}: removes the collected memberships of a container. */
    static void removeCollected(ContainerNode container) {
        for (AccountRef ref : container.accounts.copy()) {
            if (ref instanceof WeakMembership weak && weak.refersTo(null)) {
                remove(weak);
            }
        }
    }

    /**
     * Under {@link Trees#LOCK}: the membership in {@code places}, with the nearest live ancestor in
     * place of each removed container. So no membership is ever created in a removed container.
     */
    static Membership live(ContainerNode[] places) {
        ContainerNode[] live = places;
        for (ContainerNode place : places) {
            if (place.isRemoved()) {
                live = with(live, place.nearestLive());
            }
        }
        return intern(live);
    }

    /** A copy of these places, with {@code to} in its hierarchy. */
    static ContainerNode[] with(ContainerNode[] places, ContainerNode to) {
        int index = to.hierarchy().index;
        HierarchyTree[] known = Trees.hierarchies();
        ContainerNode[] moved = new ContainerNode[Math.max(places.length, index + 1)];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = i == index ? to : i < places.length ? places[i] : known[i].root();
        }
        int length = moved.length;
        while (length > 0 && moved[length - 1].parent() == null) {
            length--;
        }
        return Arrays.copyOf(moved, length);
    }

    /** The membership in these places, or null. */
    static @Nullable Membership find(ContainerNode[] places) {
        MembershipRef known = BY_PLACES.get(new Key(places));
        return known == null ? null : known.get();
    }

    /** Under {@link Trees#LOCK}: finds or creates a membership. No place may be removed. */
    static Membership intern(ContainerNode[] places) {
        Key key = new Key(places);
        MembershipRef known = BY_PLACES.get(key);
        Membership membership = known == null ? null : known.get();
        if (membership != null) {
            return membership;
        }
        if (known instanceof WeakMembership collected) {
            remove(collected);
        }
        Membership made = new Membership(places);
        MembershipRef ref = Combinations.refTo(made, key);
        // Readers must find it in its containers before it is in the table. Adding it there may
        // fail for lack of memory.
        add(ref, made);
        // Counted first: if the stack overflows below, it is in the table all the same and is
        // removed with its containers.
        Combinations.added(ref, places);
        StackSafeMaps.put(BY_PLACES, key, ref);
        return made;
    }

    /**
     * Adds the membership to its container in each hierarchy, or to none if memory is exhausted.
     */
    private static void add(MembershipRef ref, Membership made) {
        HierarchyTree[] all = Trees.hierarchies();
        ref.slots(new int[all.length]);
        for (HierarchyTree hierarchy : all) {
            made.container(hierarchy).accounts.makeRoom();
        }
        for (HierarchyTree hierarchy : all) {
            made.container(hierarchy).accounts.add(ref);
        }
    }

    /**
     * Removes the membership in these places from the table, and from the list of each container
     * but {@code removed}. Called under {@link Trees#LOCK}; needs no memory.
     */
    static void remove(Key key, ContainerNode removed) {
        MembershipRef ref = BY_PLACES.remove(key);
        if (ref != null) {
            removeFromLists(ref, key.places, removed);
        }
    }

    /** Under {@link Trees#LOCK}: removes a collected membership. */
    @DontInline
    @ReservedStack
    static void remove(WeakMembership collected) {
        if (BY_PLACES.remove(collected.key, collected)) {
            removeFromLists(collected, collected.key.places, null);
        }
    }

    private static void removeFromLists(
            MembershipRef ref, ContainerNode[] places, @Nullable ContainerNode removed) {
        Combinations.removed(ref, places);
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode container = Membership.container(places, hierarchy);
            if (container != removed) {
                container.accounts.remove(ref);
            }
        }
    }

    /**
     * Under {@link Trees#LOCK}: removes the moves to a membership from the caches that can have
     * them. These are the caches of the memberships with the same places, but with the root or the
     * parent in the hierarchy of {@code place}.
     */
    static void forgetMoves(ContainerNode[] places, ContainerNode place) {
        ContainerNode parent = place.parent();
        if (parent != null) {
            forgetMove(places, place, place.hierarchy().root());
            forgetMove(places, place, parent);
        }
    }

    private static void forgetMove(
            ContainerNode[] places, ContainerNode place, ContainerNode from) {
        Membership source = find(with(places, from));
        if (source != null) {
            source.forget(place);
        }
    }

    /** A key for the places of a membership. To compare two keys takes no memory. */
    static final class Key {

        final ContainerNode[] places;
        private final int hash;

        Key(ContainerNode[] places) {
            this.places = places;
            this.hash = Arrays.hashCode(places);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Arrays.equals(places, that.places);
        }
    }
}
