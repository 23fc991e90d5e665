package io.corral.rules.language;

import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Occupancy;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.IdleContainers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container path with placeholders.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
public final class PathTemplate<S> {

    private static final String JVM = "jvm";

    private final String source;
    private final List<NameTemplate<S>> names;

    /** The number of containers that exist of those that placeholders have made. */
    private final AtomicInteger made = new AtomicInteger();

    PathTemplate(String source, List<NameTemplate<S>> names) {
        this.source = source;
        this.names = List.copyOf(names);
        if (!isFixed()) {
            IdleContainers.install();
        }
    }

    /** Whether there are no placeholders, so that the path is the same for all subjects. */
    public boolean isFixed() {
        for (NameTemplate<S> name : names) {
            if (!name.isFixed()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The names of the path.
     *
     * @throws UnusableValueException if the value of a placeholder is not a valid name
     */
    public List<String> resolve(S subject, boolean inMain) {
        return resolve(subject, inMain, new ArrayList<>(names.size()));
    }

    /** @param origins receives the part of the template that produced each name */
    private List<String> resolve(S subject, boolean inMain, List<NameTemplate<S>> origins) {
        List<String> resolved = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            NameTemplate<S> name = names.get(i);
            name.resolve(subject, resolved);
            while (origins.size() < resolved.size()) {
                origins.add(name);
            }
        }
        if (inMain && !resolved.isEmpty() && resolved.get(0).equals(JVM)) {
            throw new UnusableValueException("/jvm is reserved for the JVM's own threads");
        }
        return resolved;
    }

    /**
     * Finds or creates the container; see {@link #resolve}.
     *
     * @param isChosen whether new containers are chosen places
     */
    public ContainerNode container(
            HierarchyTree hierarchy, S subject, boolean isChosen, RuleWarnings warnings) {
        List<NameTemplate<S>> origins = new ArrayList<>(names.size());
        List<String> resolved = resolve(subject, hierarchy == Trees.MAIN, origins);
        ContainerNode node = hierarchy.root();
        int depth = Bounds.depth();
        boolean isFixed = true;
        for (int i = 0; i < resolved.size(); i++) {
            if (i == depth - 1 && resolved.size() > depth) {
                warnings.deep(depth);
                return node.madeByRule(Placeholder.OVERFLOW, isChosen, null);
            }
            isFixed &= origins.get(i).isFixed();
            ContainerNode known = node.child(resolved.get(i));
            if (known == null && !origins.get(i).isFixed() && !hasRoom(node, warnings)) {
                known = node.madeByRule(Placeholder.OVERFLOW, isChosen, null);
            }
            node = known == null
                    ? node.madeByRule(resolved.get(i), isChosen, isFixed ? null : made)
                    : known;
        }
        return node;
    }

    private boolean hasRoom(ContainerNode parent, RuleWarnings warnings) {
        int existing = made.get();
        if (Occupancy.hasRoom(parent, existing)) {
            return true;
        }
        if (Bounds.isCountReached()) {
            warnings.boundReached(Bounds.containers());
        } else if (existing >= Bounds.placesOfRule()) {
            warnings.exhausted(existing);
        } else {
            warnings.full(parent);
        }
        return false;
    }

    @Override
    public String toString() {
        return source;
    }
}
