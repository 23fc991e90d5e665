package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a rule leads a thread that it matches. */
public interface Outcome {

    /**
     * The container of a thread, created if it does not exist.
     *
     * @param in the hierarchy of the rule
     * @param captures the parts that the conditions captured, in order
     * @return null if a placeholder has no usable value: then the rule does not count
     */
    @Nullable ContainerNode container(HierarchyTree in, PlacedThread thread, List<String> captures);

    /** Whether each matching thread gets a container. A placeholder may have no usable value. */
    boolean placesEach();
}
