package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user's rules. {@code io.corral.rules.file} implements this interface, and is loaded only if
 * there are rules.
 */
public interface ThreadRules {

    /**
     * Decides where a thread is born, in each hierarchy by the first rule that matches. Called on
     * the starter, or on the adopting thread.
     *
     * @param thread the thread, which also knows its place by the default rules
     * @param target the container that it is started in directly, which takes precedence in its
     *     hierarchy; or null
     */
    Decision place(PlacedThread thread, @Nullable ContainerNode target);

    /**
     * Whether a worker's tasks are charged to its pool, whichever thread submits them. Called on
     * the starter, or on the adopting thread.
     */
    boolean chargesTasksToPool(Thread worker);

    /** The rules for the names of containers. */
    NameRule[] nameRules();

    /**
     * The rules that have matched nothing since they came into force, each with a possible reason.
     */
    List<Unmatched> unmatched();

    /**
     * A rule that has matched nothing.
     *
     * @param rule the file and line
     */
    record Unmatched(String rule, String reason) {}
}
