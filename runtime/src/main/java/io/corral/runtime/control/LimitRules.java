package io.corral.runtime.control;

import io.corral.runtime.container.ContainerNode;

/** The {@code limit} lines of the rules file. The rules implement it. */
public interface LimitRules {

    /**
     * What the lines say for a container. Any thread may call, hooks as well. The container is not
     * a root, a chosen place, or below {@code /jvm}.
     */
    LimitSettings settings(ContainerNode container);

    /** Whether a line can make a container fair. */
    default boolean haveFair() {
        return false;
    }
}
