package io.corral.rules.threads;

import io.corral.rules.language.PathTemplate;
import io.corral.rules.language.RuleWarnings;
import io.corral.rules.language.UnusableValueException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.NamedVirtualPlaces;
import io.corral.runtime.placement.Outcome;
import io.corral.runtime.placement.PlacedThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a rule for threads with a path.
 *
 * @param isChosen whether the container is a chosen place
 */
record TemplateOutcome(PathTemplate<ThreadMatch> template, boolean isChosen, RuleWarnings warnings)
        implements Outcome {

    /** The path of places for virtual threads with names. Their number is bounded. */
    private static final String NAMED_VIRTUAL = "/" + NamedVirtualPlaces.WORDS;

    @Override
    public @Nullable ContainerNode container(
            HierarchyTree in, PlacedThread thread, List<String> captures) {
        if (isChosen && in == Trees.MAIN && template.toString().equals(NAMED_VIRTUAL)) {
            return NamedVirtualPlaces.SHARED.container(in, thread, captures);
        }
        try {
            return template.container(in, new ThreadMatch(thread, captures), isChosen, warnings);
        } catch (UnusableValueException unfit) {
            warnings.unplaced(thread, unfit.getMessage());
            return null;
        }
    }

    @Override
    public boolean placesEach() {
        return template.isFixed();
    }

    /**
     * The compiled form, which the runtime reads; null if there is none. Only chosen places have
     * one.
     */
    @Nullable String compiled() {
        String path = template.toString();
        String named = "/{name}";
        if (!isChosen) {
            return null;
        }
        if (path.equals("/{virtual}") || path.equals(NAMED_VIRTUAL)) {
            return path.substring(1);
        }
        return path.endsWith(named) && path.indexOf('{') == path.length() - named.length() + 1
                ? path.substring(1, path.length() - named.length())
                : null;
    }

    /** The outcome as written in the file. */
    @Override
    public String toString() {
        return template.toString();
    }
}
