package io.corral.runtime.container;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All hierarchies, and the table in which memberships are interned. */
public final class Trees {

    /** Guards which hierarchies, containers and memberships there are, and retired accounts. */
    public static final Object LOCK = new Object();

    /** The membership of threads that are only in roots. */
    public static final Membership ROOT = new Membership(new ContainerNode[0]);

    /** The memberships by their places. Written under {@link #LOCK}, read without it. */
    private static final ConcurrentHashMap<Key, Membership> INTERNED = new ConcurrentHashMap<>();

    /** The hierarchies by index. Replaced under {@link #LOCK}, read without it. */
    private static volatile HierarchyTree[] hierarchies = {};

    /** Written under {@link #LOCK}, read without it. */
    private static volatile @Nullable ContainerListener listener;

    /** Null while nobody listens. */
    private static volatile @Nullable Runnable hierarchyListener;

    static {
        INTERNED.put(new Key(ROOT.places()), ROOT);
    }

    /** The hierarchy that always exists. */
    public static final HierarchyTree MAIN = hierarchy("main");

    private Trees() {}

    public static HierarchyTree hierarchy(String name) {
        for (HierarchyTree hierarchy : hierarchies) {
            if (hierarchy.name().equals(name)) {
                return hierarchy;
            }
        }
        return make(ContainerNames.normalised(ContainerNames.check(name)));
    }

    private static HierarchyTree make(String name) {
        HierarchyTree made = makeOrFind(name);
        Runnable listener = hierarchyListener;
        if (listener != null) {
            listener.run();
        }
        return made;
    }

    private static HierarchyTree makeOrFind(String name) {
        synchronized (LOCK) {
            HierarchyTree[] known = hierarchies;
            for (HierarchyTree hierarchy : known) {
                if (hierarchy.name().equals(name)) {
                    return hierarchy;
                }
            }
            HierarchyTree made = new HierarchyTree(name, known.length);
            for (Membership membership : INTERNED.values()) {
                membership.makeSlots(known.length + 1);
                made.root().memberships.makeRoom();
                made.root().memberships.add(membership);
            }
            if (known.length > 0) {
                // The roots of all hierarchies have the same sum.
                made.root().sum.add(known[0].root().sum);
            }
            HierarchyTree[] grown = Arrays.copyOf(known, known.length + 1);
            grown[known.length] = made;
            hierarchies = grown;
            return made;
        }
    }

    /**
     * Under {@link #LOCK}: learns of containers from now on, in place of the listener before it.
     */
    public static void listener(ContainerListener listener) {
        Trees.listener = listener;
    }

    /**
     * Calls {@code listener} after each hierarchy that is made from now on, without a lock. It may
     * be called within a hook, and twice for one hierarchy.
     */
    public static void hierarchyListener(Runnable listener) {
        hierarchyListener = listener;
    }

    static @Nullable ContainerListener listener() {
        return listener;
    }

    public static HierarchyTree[] hierarchies() {
        return hierarchies;
    }

    /** The slow path of {@link Membership#moveTo}. */
    static Membership move(
            Membership from, ContainerNode to, ConcurrentMap<ContainerNode, Membership> cache) {
        ContainerNode[] places = with(from.places(), to);
        boolean pinned = pin();
        try {
            synchronized (LOCK) {
                Membership moved = live(places);
                if (!to.isRemoved() && !from.isRemoved()) {
                    StackSafeMaps.put(cache, to, moved);
                }
                return moved;
            }
        } finally {
            unpin(pinned);
        }
    }

    /**
     * Call it around {@link #LOCK}. A thread whose carrier's meter is in use must not continue on
     * another carrier, and a holder of the lock must not lose its carrier while threads on all
     * carriers wait for the lock.
     *
     * @return whether the calling thread is virtual: it stays on its carrier until {@link #unpin}
     */
    public static boolean pin() {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null || access.runContinuation(Thread.currentThread()) == null) {
            return false;
        }
        access.pin();
        return true;
    }

    public static void unpin(boolean pinned) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (pinned && access != null) {
            access.unpin();
        }
    }

    /** Calls {@code action} for each membership that is interned. */
    static void forEach(Consumer<? super Membership> action) {
        for (Membership membership : INTERNED.values()) {
            action.accept(membership);
        }
    }

    /** The membership in these places, or null. Any thread may call, without the lock. */
    static @Nullable Membership find(ContainerNode[] places) {
        return StackSafeMaps.get(INTERNED, new Key(places));
    }

    /**
     * The places of {@code from}, but in their hierarchies the first {@code count} of {@code to}.
     */
    static ContainerNode[] with(Membership from, ContainerNode[] to, int count) {
        ContainerNode[] places = from.places();
        for (int i = 0; i < count; i++) {
            places = with(places, to[i]);
        }
        return places;
    }

    private static ContainerNode[] with(ContainerNode[] places, ContainerNode to) {
        int index = to.hierarchy().index;
        HierarchyTree[] known = hierarchies;
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

    /**
     * Under {@link #LOCK}: the membership in {@code places}, or where one of these was removed in
     * its nearest ancestor that is not. So no membership is ever made in a removed container.
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

    /** Under {@link #LOCK}; none of the places was removed. */
    private static Membership intern(ContainerNode[] places) {
        Key key = new Key(places);
        Membership known = INTERNED.get(key);
        if (known != null) {
            return known;
        }
        Membership made = new Membership(places);
        // Readers must find it in its containers before it is interned. Adding it there may fail
        // for lack of memory.
        add(made);
        // Counted first: if the stack overflows below, it is interned all the same and is forgotten
        // with its containers.
        Combinations.added(made);
        StackSafeMaps.put(INTERNED, key, made);
        return made;
    }

    /** Adds it to its container in each hierarchy, or to none. What needs memory comes first. */
    private static void add(Membership made) {
        HierarchyTree[] all = hierarchies;
        made.makeSlots(all.length);
        for (HierarchyTree hierarchy : all) {
            made.container(hierarchy).memberships.makeRoom();
        }
        for (HierarchyTree hierarchy : all) {
            made.container(hierarchy).memberships.add(made);
        }
    }

    /**
     * Under {@link #LOCK}: the membership in these places is interned no more, and is in no other
     * container's list than that of {@code removed}. Needs no memory.
     */
    static void forget(Key places, ContainerNode removed) {
        Membership forgotten = INTERNED.remove(places);
        if (forgotten == null) {
            return;
        }
        Combinations.removed(forgotten);
        for (HierarchyTree hierarchy : hierarchies) {
            ContainerNode container = forgotten.container(hierarchy);
            if (container != removed) {
                container.memberships.remove(forgotten);
            }
        }
    }

    /**
     * Under {@link #LOCK}: removes the moves to {@code removed} from the caches that can have them.
     * Each leads to one of the memberships in {@code removed}, and comes from the same places, but
     * the root or the parent in this hierarchy.
     */
    static void forgetMovesTo(ContainerNode removed, ContainerNode parent) {
        for (Membership in : removed.memberships()) {
            forgetMove(in, removed, removed.hierarchy().root());
            forgetMove(in, removed, parent);
        }
    }

    private static void forgetMove(Membership to, ContainerNode removed, ContainerNode from) {
        Membership source = INTERNED.get(new Key(with(to.places(), from)));
        if (source != null) {
            source.forget(removed);
        }
    }

    /** A key. Comparing two takes no memory. */
    static final class Key {

        private final ContainerNode[] nodes;
        private final int hash;

        Key(ContainerNode[] nodes) {
            this.nodes = nodes;
            this.hash = Arrays.hashCode(nodes);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Arrays.equals(nodes, that.nodes);
        }
    }
}
