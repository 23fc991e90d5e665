package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/**
 * The user's rules. Implemented in {@code io.corral.runtime.rules}, which is there only if there
 * are some.
 */
public interface ThreadRules {

    /**
     * On the parent, or on who adopts: where a thread is to be, in each hierarchy by the first rule
     * that takes it.
     *
     * @param parent where the parent works now; the root for one that is adopted
     * @param byDefault where it is to be in hierarchies of which no rule takes it
     * @param target where it is started directly, whatever rules say of that hierarchy; or null
     */
    Decision place(
            Thread thread,
            boolean virtual,
            Membership parent,
            Decision byDefault,
            @Nullable ContainerNode target);

    /**
     * On the parent, or on who adopts: whether a worker's tasks are its pool's work, whoever hands
     * them over.
     */
    boolean keepsTasks(Thread worker);
}
