package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;

import org.jspecify.annotations.Nullable;

/**
 * Decides where a thread is born. The JVM's own threads go below {@code /jvm}. For others the first
 * of these decides, hierarchy by hierarchy: the container that the thread is started in directly;
 * the first of the user's rules that matches it; the default, which is {@code /pools} for a pool's
 * worker, and else the place where the parent works.
 */
public final class Placement {

    /** The thread is placed again if its container is removed meanwhile. */
    private static final int MAX_ATTEMPTS = 8;

    private static volatile @Nullable ThreadRules rules;

    private Placement() {}

    /** Sets the rules from now on; null for none. */
    public static void rules(@Nullable ThreadRules rules) {
        Placement.rules = rules;
    }

    /**
     * Called on the parent.
     *
     * @param parent where the parent works now
     * @param target the container that the child is started in directly, or null
     */
    public static Decision of(
            Thread child, boolean virtual, Membership parent, @Nullable ContainerNode target) {
        Membership jvm = target != null ? null : ofJvm(child, virtual);
        return jvm != null ? Decision.of(jvm, Decision.JVM) : place(child, virtual, parent, target);
    }

    private static @Nullable Membership ofJvm(Thread child, boolean virtual) {
        if (virtual) {
            return JvmPlaces.isPoller(child) ? JvmPlaces.HELPERS : null;
        }
        Membership jvm = JvmPlaces.of(child);
        return jvm == null && JvmPlaces.isStartedByRecorder(child) ? JvmPlaces.HELPERS : jvm;
    }

    /** Places a platform thread that no fork hook has seen, as if the root had started it. */
    public static Membership ofAdopted(Thread thread) {
        Membership jvm = JvmPlaces.ofAdopted(thread);
        return jvm != null ? jvm : place(thread, false, Trees.ROOT, null).membership();
    }

    /** Places a virtual thread that no fork hook has seen. */
    public static Membership ofAdoptedVirtual(Thread thread) {
        return JvmPlaces.isNamedAsPoller(thread)
                ? JvmPlaces.HELPERS
                : place(thread, true, Trees.ROOT, null).membership();
    }

    /** Retries when a container is removed concurrently; gives up after {@link #MAX_ATTEMPTS}. */
    private static Decision place(
            Thread child, boolean virtual, Membership parent, @Nullable ContainerNode target) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                Decision byDefault = byDefault(child, virtual, parent, target);
                ThreadRules known = rules;
                if (known != null) {
                    return known.place(child, virtual, parent, byDefault, target);
                }
                return target == null ? byDefault : byDefault.startedIn(target);
            } catch (ContainerRemovedException removed) {
                // Place it again.
            }
        }
        Decision inherited = Decision.of(parent, Decision.INHERIT);
        return target == null ? inherited : inherited.startedIn(target);
    }

    private static Decision byDefault(
            Thread child, boolean virtual, Membership parent, @Nullable ContainerNode target) {
        if (!isWorker(child, virtual)) {
            return Decision.of(parent, Decision.INHERIT);
        }
        // A worker that is started directly in a container of main needs no pool's container there.
        boolean needsNoPool = target != null && target.hierarchy() == Trees.MAIN;
        return Decision.of(needsNoPool ? Trees.ROOT : PoolPlaces.of(child), Decision.POOL);
    }

    private static boolean isWorker(Thread child, boolean virtual) {
        return virtual ? PoolPlaces.isVirtualWorker(child) : PoolPlaces.isWorker(child);
    }

    /** Whether a worker's tasks are charged to its pool, whatever thread submits them. */
    public static boolean keepsTasks(Thread worker) {
        ThreadRules known = rules;
        return known != null && known.keepsTasks(worker);
    }

    /** Whether the membership is the JVM's own: no callbacks run for its threads. */
    public static boolean isJvm(Membership home) {
        return home.container(Trees.MAIN).belongsToJvm();
    }
}
