package io.corral.runtime.container;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The memberships by their places. Written under {@link Trees#LOCK}, read without it. */
final class MembershipTable {

    private static final ConcurrentHashMap<Key, MembershipRef> BY_PLACES =
            new ConcurrentHashMap<>();

    private MembershipTable() {}

    /** Adds the membership of the roots, before the lists of the hierarchies have it. */
    static void addRoot(Membership root) {
        BY_PLACES.put(new Key(root.places()), root);
    }

    /** Calls {@code action} for each membership. */
    static void forEach(Consumer<? super Membership> action) {
        for (MembershipRef ref : BY_PLACES.values()) {
            Membership membership = ref.get();
            if (membership != null) {
                action.accept(membership);
            }
        }
    }

    /** Under {@link Trees#LOCK}: adds all memberships to the root of a new hierarchy. */
    static void addAllTo(ContainerNode root) {
        int hierarchy = root.hierarchy().index;
        for (MembershipRef ref : BY_PLACES.values()) {
            ref.slots(Arrays.copyOf(ref.slots(), hierarchy + 1));
            root.memberships.makeRoom();
            root.memberships.add(ref);
        }
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
            made.container(hierarchy).memberships.makeRoom();
        }
        for (HierarchyTree hierarchy : all) {
            made.container(hierarchy).memberships.add(ref);
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
            ContainerNode container = Trees.container(places, hierarchy);
            if (container != removed) {
                container.memberships.remove(ref);
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
        Membership source = find(Trees.with(places, from));
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
