package io.corral.runtime.container;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.Arrays;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** All hierarchies, and the moves between their containers. */
public final class Trees {

    /** Guards the sets of hierarchies, containers and memberships, and the sums of containers. */
    public static final Object LOCK = new Object();

    /** The membership of threads that are only in roots. */
    public static final Membership ROOT = new Membership(new ContainerNode[0]);

    /** The hierarchies by index. Replaced under {@link #LOCK}, read without it. */
    private static volatile HierarchyTree[] hierarchies = {};

    /** Written under {@link #LOCK}, read without it. */
    private static volatile @Nullable ContainerListener listener;

    /** Null while there is no listener. */
    private static volatile @Nullable Runnable hierarchyListener;

    static {
        MembershipTable.addRoot(ROOT);
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
            MembershipTable.addAllTo(made.root());
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
     * Under {@link #LOCK}: sets the listener for containers from now on, in place of the previous
     * one.
     */
    public static void listener(ContainerListener listener) {
        Trees.listener = listener;
    }

    /**
     * Sets a listener that is called, without a lock, after each creation of a hierarchy from now
     * on. It may be called within a hook, and twice for one hierarchy.
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
            Membership from,
            ContainerNode[] fromPlaces,
            ContainerNode to,
            ConcurrentMap<ContainerNode, MembershipRef> cache) {
        ContainerNode[] places = with(fromPlaces, to);
        boolean pinned = pin();
        try {
            synchronized (LOCK) {
                Membership moved = live(places);
                if (!to.isRemoved() && !from.isRemoved()) {
                    StackSafeMaps.put(cache, to, moved.ref());
                }
                Combinations.sweepIfDue();
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

    /** The container of a hierarchy among these places. */
    static ContainerNode container(ContainerNode[] places, HierarchyTree hierarchy) {
        return hierarchy.index < places.length ? places[hierarchy.index] : hierarchy.root();
    }

    /** The places that tasks take along: those that Corral has not chosen. */
    static ContainerNode[] handed(ContainerNode[] places) {
        ContainerNode[] handed = new ContainerNode[places.length];
        int count = 0;
        for (ContainerNode place : places) {
            if (!place.isChosen()) {
                handed[count++] = place;
            }
        }
        return count == places.length ? places : Arrays.copyOf(handed, count);
    }

    /** Whether one of these places was removed; see {@link Membership#isRemoved}. */
    static boolean areRemoved(ContainerNode[] places) {
        for (ContainerNode place : places) {
            if (place.isRemovedOrSpin()) {
                return true;
            }
        }
        return false;
    }

    /** A copy of these places, with {@code to} in its hierarchy. */
    static ContainerNode[] with(ContainerNode[] places, ContainerNode to) {
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
     * Under {@link #LOCK}: the membership in {@code places}, with the nearest live ancestor in
     * place of each removed container. So no membership is ever created in a removed container.
     */
    static Membership live(ContainerNode[] places) {
        ContainerNode[] live = places;
        for (ContainerNode place : places) {
            if (place.isRemoved()) {
                live = with(live, place.nearestLive());
            }
        }
        return MembershipTable.intern(live);
    }
}
