package io.corral.rules.language;

import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;

import java.util.ArrayList;
import java.util.List;

/**
 * A container path with placeholders.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
public final class PathTemplate<S> {

    /**
     * The largest number of children of one container that placeholders create. Further values
     * share {@link Placeholder#OVERFLOW}.
     */
    static final int MAX_SIBLINGS = 1_000;

    /** The largest number of containers that one template creates. */
    static final int MAX_CREATED = 10_000;

    private static final String JVM = "jvm";

    private final String source;
    private final List<NameTemplate<S>> names;

    /**
     * The approximate number of created containers: increments of concurrent threads may be lost.
     */
    private int created;

    PathTemplate(String source, List<NameTemplate<S>> names) {
        this.source = source;
        this.names = List.copyOf(names);
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
        for (int i = 0; i < resolved.size(); i++) {
            if (i == depth - 1 && resolved.size() > depth) {
                warnings.deep(depth);
                return child(node, Placeholder.OVERFLOW, isChosen);
            }
            ContainerNode known = node.child(resolved.get(i));
            if (known == null) {
                String name = nameOfNew(node, resolved.get(i), origins.get(i).isFixed(), warnings);
                known = child(node, name, isChosen);
            }
            node = known;
        }
        return node;
    }

    private String nameOfNew(
            ContainerNode parent, String name, boolean isFixed, RuleWarnings warnings) {
        boolean isFull = parent.childCount() >= MAX_SIBLINGS;
        boolean isExhausted = created >= MAX_CREATED;
        boolean isBoundReached = Bounds.isCountReached();
        if (isFixed || !(isFull || isExhausted || isBoundReached)) {
            created++;
            return name;
        }
        if (isFull) {
            warnings.full(parent);
        } else if (isExhausted) {
            warnings.exhausted(MAX_CREATED);
        } else {
            warnings.boundReached(Bounds.containers());
        }
        return Placeholder.OVERFLOW;
    }

    private static ContainerNode child(ContainerNode parent, String name, boolean isChosen) {
        return isChosen ? parent.chosenChild(name) : parent.childOrNew(name);
    }

    @Override
    public String toString() {
        return source;
    }
}
