package io.corral.runtime.container;

import io.corral.runtime.jdk.CarrierPin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All hierarchies, and the lock of their structure. */
public final class Trees {

    /**
     * Guards the sets of hierarchies, containers and memberships, and the sums of containers. Take
     * it between {@link CarrierPin#pin} and {@link CarrierPin#unpin}. A thread whose carrier's
     * meter is in use must not continue on another carrier, and a holder of the lock must not lose
     * its carrier while threads on all carriers wait for the lock.
     */
    public static final Object LOCK = new Object();

    /** The hierarchies by index. Replaced under {@link #LOCK}, read without it. */
    private static volatile HierarchyTree[] hierarchies = {};

    /** Written under {@link #LOCK}, read without it. */
    private static volatile @Nullable ContainerListener listener;

    /** Null while there is no listener. */
    private static volatile @Nullable Runnable hierarchyListener;

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
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (LOCK) {
                HierarchyTree[] known = hierarchies;
                for (HierarchyTree hierarchy : known) {
                    if (hierarchy.name().equals(name)) {
                        return hierarchy;
                    }
                }
                HierarchyTree made = new HierarchyTree(name, known.length);
                if (known.length > 0) {
                    known[0].nodes.addAccountsTo(made.root().accounts, known.length);
                    // The roots of all hierarchies have the same sum.
                    made.root().sum().add(known[0].root().sum());
                }
                HierarchyTree[] grown = Arrays.copyOf(known, known.length + 1);
                grown[known.length] = made;
                hierarchies = grown;
                return made;
            }
        } finally {
            CarrierPin.unpin(isPinned);
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

    public static @Nullable ContainerListener listener() {
        return listener;
    }

    public static HierarchyTree[] hierarchies() {
        return hierarchies;
    }

    /** Waits until a removal that is under way is complete. */
    static void awaitRemoval() {
        boolean isPinned = CarrierPin.pin();
        try {
            synchronized (LOCK) {
                // Nothing to do: the removal holds the lock until it is complete.
                return;
            }
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }
}
