package io.corral.runtime.placement;

import io.corral.runtime.membership.ContainerNode;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Trees;

import org.jspecify.annotations.Nullable;

/**
 * The default: an application's thread is born where its parent works, the JVM's own go below {@code
 * /jvm}.
 */
public final class Placement {

    private Placement() {}

    /**
     * On the parent.
     *
     * @param parent where the parent works now
     * @param target where the child is started directly, or null
     */
    public static Membership ofPlatform(
            Thread child, Membership parent, @Nullable ContainerNode target) {
        if (target != null) {
            return parent.moveTo(target);
        }
        Membership jvm = JvmPlaces.of(child);
        if (jvm == null && JvmPlaces.isRecorders(child)) {
            jvm = JvmPlaces.HELPERS;
        }
        return jvm != null ? jvm : parent;
    }

    /** On the parent; see {@link #ofPlatform}. */
    public static Membership ofVirtual(
            Thread child, Membership parent, @Nullable ContainerNode target) {
        if (target != null) {
            return parent.moveTo(target);
        }
        return JvmPlaces.isPoller(child) ? JvmPlaces.HELPERS : parent;
    }

    /** For a thread that no fork hook has seen. */
    public static Membership ofStranger(Thread thread) {
        Membership jvm = JvmPlaces.of(thread);
        if (jvm == null && JvmPlaces.isNamedAsRecorders(thread)) {
            jvm = JvmPlaces.HELPERS;
        }
        return jvm != null ? jvm : Trees.ROOT;
    }

    /** Whether subsystems are never asked, nor told: what is bound for {@code /jvm} is only counted. */
    public static boolean isJvm(Membership home) {
        return home.container(Trees.MAIN).isJvms();
    }

    /** Names, for the event, what decided. */
    public static String rule(Membership home, boolean explicit) {
        return explicit ? "explicit" : isJvm(home) ? "jvm" : "inherit";
    }
}
