package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.membership.Membership;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a thread is born. The JVM's own threads go below {@code /jvm}. For others the first
 * of these decides, hierarchy by hierarchy: the container that the thread is started in directly;
 * the first of the user's rules that matches it; the default rules.
 */
public final class Placement {

    private static final String MAIN_THREAD = "main";

    /** The thread is placed again if its container is removed meanwhile. */
    private static final int MAX_ATTEMPTS = 8;

    private static volatile @Nullable ThreadRules rules;

    private Placement() {}

    /** Initializes classes now, since a hook may have too little stack left for that. */
    public static void initialize() {
        ThreadNames.of("");
        WrappedWorkers.initialize();
        new PlacedThread(Thread.currentThread(), false, Membership.ROOT, true).decision();
    }

    /** Sets the rules from now on; null for none. */
    public static void rules(@Nullable ThreadRules rules) {
        Placement.rules = rules;
        ThreadNames.usersRules(rules == null ? NameRule.NONE : rules.nameRules());
    }

    /**
     * Sets the option {@code placement}, for threads that start from now on.
     *
     * @param always whether threads inherit the place of their starter even if code or a rule of
     *     the user has chosen it
     */
    public static void inheritAlways(boolean always) {
        PlacedThread.inheritAlways(always);
    }

    /**
     * Places a thread that starts. Called on the starter.
     *
     * @param startersPlace the membership in which the starter works now
     * @param target the container that the child is started in directly, or null
     */
    public static Decision of(
            Thread child,
            boolean isVirtual,
            Membership startersPlace,
            @Nullable ContainerNode target) {
        Membership jvm = target != null ? null : ofJvm(child, isVirtual);
        return jvm != null
                ? Decision.of(jvm, Decision.JVM)
                : place(child, isVirtual, startersPlace, false, target);
    }

    private static @Nullable Membership ofJvm(Thread child, boolean isVirtual) {
        if (isVirtual) {
            return JvmPlaces.isPoller(child) ? JvmPlaces.HELPERS : null;
        }
        Membership jvm = JvmPlaces.of(child);
        return jvm == null && JvmPlaces.isStartedByRecorder(child) ? JvmPlaces.HELPERS : jvm;
    }

    /**
     * Places a platform thread that no fork hook has seen, as if the root had started it. The
     * thread {@code main} stays in the root, unless a rule of the user places it.
     */
    public static Membership ofAdopted(Thread thread) {
        return adopted(thread, thread.getName().equals(MAIN_THREAD));
    }

    /**
     * As {@link #ofAdopted}, for a thread that attaches from native code: it stays in the root, as
     * {@code main} does.
     */
    public static Membership ofNative(Thread thread) {
        return adopted(thread, true);
    }

    private static Membership adopted(Thread thread, boolean staysInRoot) {
        Membership jvm = JvmPlaces.ofAdopted(thread);
        return jvm != null
                ? jvm
                : place(thread, false, Membership.ROOT, staysInRoot, null).membership();
    }

    /** Places a virtual thread that no fork hook has seen. */
    public static Membership ofAdoptedVirtual(Thread thread) {
        return JvmPlaces.isNamedAsPoller(thread)
                ? JvmPlaces.HELPERS
                : place(thread, true, Membership.ROOT, false, null).membership();
    }

    /** Retries when a container is removed concurrently; gives up after {@link #MAX_ATTEMPTS}. */
    private static Decision place(
            Thread child,
            boolean isVirtual,
            Membership startersPlace,
            boolean staysInRoot,
            @Nullable ContainerNode target) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                ThreadRules known = rules;
                PlacedThread thread =
                        new PlacedThread(child, isVirtual, startersPlace, staysInRoot);
                return known == null ? thread.decision(target) : known.place(thread, target);
            } catch (ContainerRemovedException removed) {
                // Place it again.
            }
        }
        return PlacedThread.inherited(startersPlace, target);
    }

    /** The rules that have matched nothing so far; null if no rules are in force. */
    public static @Nullable List<ThreadRules.Unmatched> unmatchedRules() {
        ThreadRules known = rules;
        return known == null ? null : known.unmatched();
    }

    /** Whether a worker's tasks are charged to its pool, whatever thread submits them. */
    public static boolean chargesTasksToPool(Thread worker) {
        ThreadRules known = rules;
        return known != null && known.chargesTasksToPool(worker);
    }
}
