package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;

import java.util.List;

/** The outcomes that are not paths. */
public enum OutcomeWithoutPath implements Outcome {
    /** The thread goes where its starter works, even if it is a pool's worker. */
    INHERIT,
    /** The thread is placed as if there were no rules. */
    IGNORE,
    /** The thread goes to the starter's place for virtual threads. Default rules only. */
    VIRTUAL;

    /** The word for {@link #INHERIT} in the compiled form. */
    public static final String INHERIT_WORD = "inherit";

    /** The word for {@link #VIRTUAL} in the compiled form. */
    public static final String VIRTUAL_WORD = "{virtual}";

    @Override
    public ContainerNode container(HierarchyTree in, PlacedThread thread, List<String> captures) {
        return switch (this) {
            case INHERIT -> thread.startersPlace().container(in);
            case IGNORE -> thread.decision().membership().container(in);
            case VIRTUAL -> thread.startersContainer().virtualPlace();
        };
    }

    @Override
    public boolean placesEach() {
        return true;
    }
}
