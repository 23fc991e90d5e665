package io.corral.runtime.container;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** All hierarchies, and the table in which memberships are interned. */
public final class Trees {

    /** Guards which hierarchies, containers and memberships there are, and retired accounts. */
    public static final Object LOCK = new Object();

    /** Threads in no container but the roots. */
    public static final Membership ROOT = new Membership(new ContainerNode[0]);

    /** By their places. Written under {@link #LOCK}, read without it. */
    private static final ConcurrentHashMap<Key, Membership> INTERNED = new ConcurrentHashMap<>();

    /** So many ways from a container to another, 4 MB, are remembered; further ones lead by the root. */
    private static final int MANY_CROSSINGS = 100_000;

    /** So many ways from a retired membership are remembered, which may lead to what is removed meanwhile. */
    private static final int MOST_WAYS_OF_RETIRED = 16;

    /**
     * So many memberships are made in a removed container, where somebody still works, with what is entered there in other hierarchies.
     * What comes further is where it would be had the container been left.
     */
    private static final int MOST_LATE = 64;

    /** Written under {@link #LOCK}, read without it. */
    private static int crossings;

    /** By index. Replaced under {@link #LOCK}, read without it. */
    private static volatile HierarchyTree[] hierarchies = {};

    static {
        INTERNED.put(new Key(ROOT.places()), ROOT);
    }

    /** The hierarchy that is always there. */
    public static final HierarchyTree MAIN = hierarchy("main");

    private Trees() {}

    public static HierarchyTree hierarchy(String name) {
        for (HierarchyTree hierarchy : hierarchies) {
            if (hierarchy.name().equals(name)) {
                return hierarchy;
            }
        }
        return make(ContainerNames.check(name));
    }

    private static HierarchyTree make(String name) {
        synchronized (LOCK) {
            HierarchyTree[] known = hierarchies;
            for (HierarchyTree hierarchy : known) {
                if (hierarchy.name().equals(name)) {
                    return hierarchy;
                }
            }
            HierarchyTree made = new HierarchyTree(name, known.length);
            made.root().memberships(Memberships.of(INTERNED.values().toArray(new Membership[0])));
            HierarchyTree[] grown = Arrays.copyOf(known, known.length + 1);
            grown[known.length] = made;
            hierarchies = grown;
            return made;
        }
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
                Membership moved = intern(places);
                // A live membership must not hold on to a removed container.
                boolean isFromLive = !from.isRemoved();
                if (!isFromLive && cache.size() >= MOST_WAYS_OF_RETIRED) {
                    // Nobody would tell it of those that are removed.
                    StackSafeMaps.clear(cache);
                }
                if (!to.isRemoved() || !isFromLive) {
                    boolean isKnown = StackSafeMaps.get(cache, to) != null;
                    crossings += isFromLive && !isKnown && from.isCrossing(to) ? 1 : 0;
                    StackSafeMaps.put(cache, to, moved);
                }
                if (!to.isRemoved() && isFromLive) {
                    to.leadFrom(from, moved);
                }
                return moved;
            }
        } finally {
            unpin(pinned);
        }
    }

    /** That tasks from {@code submitter} which a worker at {@code place} takes up work at {@code at}. */
    static void remember(Membership submitter, Membership place, Membership at) {
        boolean pinned = pin();
        try {
            synchronized (LOCK) {
                if (!submitter.isRemoved() && !place.isRemoved()) {
                    submitter.handedWay(new Way(place, at));
                }
            }
        } catch (OutOfMemoryError exhausted) {
            // It is looked up.
        } finally {
            unpin(pinned);
        }
    }

    /**
     * Around {@link #LOCK}. Whose carrier's meter asks must not go on on another carrier; and who has the lock must not be without
     * one while others, on all that there are, wait for it.
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

    /** For tests. */
    static int crossings() {
        return crossings;
    }

    static boolean areCrossingsMany() {
        return crossings >= MANY_CROSSINGS;
    }

    /** Of a membership's places, cut as these are. Null if there is none. Any thread, without the lock. */
    static @Nullable Membership find(ContainerNode[] places) {
        return StackSafeMaps.get(INTERNED, new Key(places));
    }

    /** The places of {@code from}, but in their hierarchies the first {@code count} of {@code to}. */
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

    /** Under {@link #LOCK}. */
    private static Membership intern(ContainerNode[] places) {
        Key key = new Key(places);
        Membership known = INTERNED.get(key);
        if (known != null) {
            return known;
        }
        ContainerNode removed = firstRemoved(places);
        if (removed != null) {
            // Who is still in there asks again and again.
            Memberships retired = removed.memberships();
            for (int i = 0; i < retired.size(); i++) {
                if (Arrays.equals(retired.get(i).places(), places)) {
                    return retired.get(i);
                }
            }
        }
        if (removed != null && removed.lateMemberships >= MOST_LATE) {
            return successor(places, removed);
        }
        Membership made = new Membership(places);
        if (removed == null) {
            // Nobody must find it before it is where readers look; there may be no memory for that.
            add(made);
            // Counted first: where the stack overflows in what follows it is interned all the same,
            // and is forgotten some time.
            Combinations.added(made);
            StackSafeMaps.put(INTERNED, key, made);
        } else {
            made.retire();
            Memberships grown = removed.memberships().with(made);
            countIn(made, successor(places, removed));
            removed.memberships(grown);
            removed.lateMemberships++;
        }
        return made;
    }

    /** What is charged to it counts in each of its containers: in the removed ones by the next, up to one without any. */
    private static void countIn(Membership made, Membership next) {
        next.retired.add(RetiredAccounts.entriesOf(made));
        ContainerNode removed = firstRemoved(next.places());
        if (removed != null) {
            countIn(made, successor(next.places(), removed));
        }
    }

    /** Under {@link #LOCK}: the membership in these places, but in what is left of the removed one's branch. */
    static Membership successor(ContainerNode[] places, ContainerNode removed) {
        return intern(with(places, removed.nearestLive()));
    }

    /** To its container in each hierarchy, or to none: what needs memory comes first. */
    private static void add(Membership made) {
        HierarchyTree[] all = hierarchies;
        Memberships[] grown = new Memberships[all.length];
        for (int i = 0; i < all.length; i++) {
            grown[i] = made.container(all[i]).memberships().with(made);
        }
        for (int i = 0; i < all.length; i++) {
            made.container(all[i]).memberships(grown[i]);
        }
    }

    private static @Nullable ContainerNode firstRemoved(ContainerNode[] places) {
        for (ContainerNode place : places) {
            if (place.isRemoved()) {
                return place;
            }
        }
        return null;
    }

    /** Under {@link #LOCK}: no look-up is to find these places again. Needs no memory. */
    static void forget(Key places) {
        Membership forgotten = INTERNED.remove(places);
        if (forgotten != null) {
            Combinations.removed(forgotten);
        }
    }

    /** Under {@link #LOCK}: so many ways were those of memberships that are interned no more. */
    static void forgetCrossings(int forgotten) {
        crossings -= forgotten;
    }

    /** Under {@link #LOCK}: no membership knows the way to that container any more. */
    static void forgetWaysTo(ContainerNode removed) {
        // First of all: who knows whose way it is is forgotten next.
        removed.forgetWay();
        for (Membership other : INTERNED.values()) {
            crossings -= other.forget(removed) ? 1 : 0;
        }
    }

    /** A key. To compare two takes no memory. */
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
