package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread is born. The JVM's own go below {@code /jvm}, whoever starts them. Of others decides, hierarchy by
 * hierarchy, in this order: who starts it directly in a container; the first of the user's rules that takes it; the
 * default, by which a pool's worker goes below {@code /pools}, and any other thread is where its parent works.
 */
public final class Placement {

    /** Who makes and removes the same containers all the time gets the better of a start. */
    private static final int TRIES = 8;

    private static volatile @Nullable ThreadRules rules;

    private Placement() {}

    /** From now on; null for none. */
    public static void rules(@Nullable ThreadRules rules) {
        Placement.rules = rules;
    }

    /**
     * On the parent.
     *
     * @param parent where the parent works now
     * @param target where the child is started directly, or null
     */
    public static Membership ofPlatform(
            Thread child, Membership parent, @Nullable ContainerNode target) {
        Membership jvm = target == null ? ofJvm(child) : null;
        return jvm != null ? jvm : place(child, false, parent, target);
    }

    private static @Nullable Membership ofJvm(Thread child) {
        Membership jvm = JvmPlaces.of(child);
        return jvm == null && JvmPlaces.isRecorders(child) ? JvmPlaces.HELPERS : jvm;
    }

    /** On the parent; see {@link #ofPlatform}. */
    public static Membership ofVirtual(
            Thread child, Membership parent, @Nullable ContainerNode target) {
        return target == null && JvmPlaces.isPoller(child)
                ? JvmPlaces.HELPERS
                : place(child, true, parent, target);
    }

    /** Containers may be removed meanwhile, by whom they belong to: then others of their names are made. */
    private static Membership place(
            Thread child, boolean virtual, Membership parent, @Nullable ContainerNode target) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Membership byDefault = byDefault(child, virtual, parent, target);
                ThreadRules known = rules;
                if (known != null) {
                    return known.place(child, virtual, parent, byDefault, target);
                }
                return target == null ? byDefault : byDefault.moveTo(target);
            } catch (ContainerRemovedException meanwhile) {
                // Once more.
            }
        }
        return target == null ? parent : parent.moveTo(target);
    }

    private static Membership byDefault(
            Thread child, boolean virtual, Membership parent, @Nullable ContainerNode target) {
        if (!isWorker(child, virtual)) {
            return parent;
        }
        // Who says where in main it is to be needs no pool there.
        return target != null && target.hierarchy() == Trees.MAIN
                ? Trees.ROOT
                : PoolPlaces.of(child);
    }

    /** For a platform thread that no fork hook has seen: as if the root had started it. */
    public static Membership ofStranger(Thread thread) {
        Membership jvm = JvmPlaces.ofStranger(thread);
        return jvm != null ? jvm : place(thread, false, Trees.ROOT, null);
    }

    /** For a virtual one. */
    public static Membership ofVirtualStranger(Thread thread) {
        return JvmPlaces.isNamedAsPoller(thread)
                ? JvmPlaces.HELPERS
                : place(thread, true, Trees.ROOT, null);
    }

    /** Whether a worker's tasks are its pool's work, whoever hands them over. */
    public static boolean keepsTasks(Thread worker) {
        ThreadRules known = rules;
        return known != null && known.keepsTasks(worker);
    }

    /** Whether subsystems are never asked, nor told: what is bound for {@code /jvm} is only counted. */
    public static boolean isJvm(Membership home) {
        return home.container(Trees.MAIN).isJvms();
    }

    /** Names, for the event, what decided. On the parent, before the thread runs. */
    public static String rule(Thread child, boolean virtual, Membership home, boolean explicit) {
        if (explicit) {
            return "explicit";
        }
        if (isJvm(home)) {
            return "jvm";
        }
        ThreadRules known = rules;
        String rule = known == null ? null : known.decides(child, virtual);
        if (rule != null) {
            return rule;
        }
        return isWorker(child, virtual) ? "pool" : "inherit";
    }

    private static boolean isWorker(Thread child, boolean virtual) {
        return virtual ? PoolPlaces.isVirtualWorker(child) : PoolPlaces.isWorker(child);
    }
}
