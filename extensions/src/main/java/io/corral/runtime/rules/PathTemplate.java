package io.corral.runtime.rules;

import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.ControlCharacters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container path with placeholders.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
final class PathTemplate<S> {

    /**
     * The largest number of children of one container that placeholders create. Further values
     * share {@link #OVERFLOW}.
     */
    static final int MAX_SIBLINGS = 1_000;

    /** The largest number of containers that one template creates. */
    static final int MAX_CREATED = 10_000;

    static final String OVERFLOW = "other";

    /** The largest number of names in the value of a placeholder for a path. */
    private static final int MAX_DEPTH = 16;

    private static final String JVM = "jvm";

    private static final int MAX_NAME_LENGTH = 255;

    private final String source;
    private final List<Name<S>> names;

    /**
     * The approximate number of created containers: increments of concurrent threads may be lost.
     */
    private int created;

    PathTemplate(String source, List<Name<S>> names) {
        this.source = source;
        this.names = List.copyOf(names);
    }

    /** Whether there are no placeholders, so that the path is the same for all subjects. */
    boolean isFixed() {
        for (Name<S> name : names) {
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
    List<String> resolve(S subject, boolean inMain) {
        return resolve(subject, inMain, new ArrayList<>(names.size()));
    }

    /** @param origins receives the part of the template that produced each name */
    private List<String> resolve(S subject, boolean inMain, List<Name<S>> origins) {
        List<String> resolved = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            Name<S> name = names.get(i);
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

    /** Finds or creates the container; see {@link #resolve}. */
    ContainerNode container(HierarchyTree hierarchy, S subject, RuleWarnings warnings) {
        return container(hierarchy, subject, false, warnings);
    }

    /** @param isChosen whether new containers are chosen places */
    ContainerNode container(
            HierarchyTree hierarchy, S subject, boolean isChosen, RuleWarnings warnings) {
        List<Name<S>> origins = new ArrayList<>(names.size());
        List<String> resolved = resolve(subject, hierarchy == Trees.MAIN, origins);
        ContainerNode node = hierarchy.root();
        int depth = Bounds.depth();
        for (int i = 0; i < resolved.size(); i++) {
            if (i == depth - 1 && resolved.size() > depth) {
                warnings.deep(depth);
                return overflow(node, isChosen);
            }
            ContainerNode known = node.child(resolved.get(i));
            if (known == null) {
                String name = nameOfNew(node, resolved.get(i), origins.get(i).isFixed(), warnings);
                known = isChosen ? node.chosenChild(name) : node.childOrNew(name);
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
        return OVERFLOW;
    }

    private static ContainerNode overflow(ContainerNode parent, boolean isChosen) {
        return isChosen ? parent.chosenChild(OVERFLOW) : parent.childOrNew(OVERFLOW);
    }

    @Override
    public String toString() {
        return source;
    }

    /** A placeholder has no value that can be part of a path. */
    static final class UnusableValueException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final boolean isReportable;

        UnusableValueException(String message) {
            this(message, true);
        }

        private UnusableValueException(String message, boolean isReportable) {
            super(message, null, false, false);
            this.isReportable = isReportable;
        }

        /** Creates an exception for a subject that does not match, which is not reported. */
        static UnusableValueException noMatch() {
            return new UnusableValueException("no match", false);
        }

        /** Whether the user should be told. */
        boolean isReportable() {
            return isReportable;
        }
    }

    /**
     * One name of the path: texts and placeholders in turn, beginning and ending with a text. A
     * placeholder for a path stands for several names.
     */
    static final class Name<S> {

        private final List<String> texts = new ArrayList<>();
        private final List<Placeholder<S>> placeholders = new ArrayList<>();

        /** @param text the text before the placeholder */
        void add(String text, Placeholder<S> placeholder) {
            texts.add(text);
            placeholders.add(placeholder);
        }

        void end(String text) {
            texts.add(text);
        }

        boolean isFixed() {
            return placeholders.isEmpty();
        }

        /** A placeholder for a path that is only part of a name, which is an error; else null. */
        @Nullable Placeholder<S> partialPath() {
            for (Placeholder<S> placeholder : placeholders) {
                if (placeholder.isPath() && !isPath()) {
                    return placeholder;
                }
            }
            return null;
        }

        private boolean isPath() {
            return placeholders.size() == 1
                    && placeholders.get(0).isPath()
                    && texts.get(0).isEmpty()
                    && texts.get(1).isEmpty();
        }

        private void resolve(S subject, List<String> names) {
            if (placeholders.isEmpty()) {
                names.add(texts.get(0));
            } else if (isPath()) {
                addPath(value(placeholders.get(0), subject), names);
            } else {
                names.add(checked(name(subject)));
            }
        }

        private String name(S subject) {
            if (placeholders.size() == 1
                    && texts.get(0).isEmpty()
                    && texts.get(1).isEmpty()) {
                return value(placeholders.get(0), subject);
            }
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < placeholders.size(); i++) {
                name.append(texts.get(i)).append(value(placeholders.get(i), subject));
            }
            return name.append(texts.get(texts.size() - 1)).toString();
        }

        private static <S> String value(Placeholder<S> placeholder, S subject) {
            String value = placeholder.value(subject);
            if (value == null) {
                throw new UnusableValueException(placeholder + " is unknown");
            }
            return value;
        }

        private void addPath(String path, List<String> names) {
            int begin = 0;
            int count = 0;
            while (begin < path.length()) {
                int slash = path.indexOf('/', begin);
                int end = slash < 0 ? path.length() : slash;
                if (end > begin) {
                    if (++count > MAX_DEPTH) {
                        throw new UnusableValueException(
                                this + " gives a path of more than " + MAX_DEPTH + " names");
                    }
                    names.add(checked(path.substring(begin, end)));
                }
                begin = end + 1;
            }
        }

        private String checked(String value) {
            boolean isLong = value.length() > MAX_NAME_LENGTH;
            String name = isLong ? value : ControlCharacters.escaped(value);
            String fault = fault(name);
            if (fault != null) {
                throw new UnusableValueException(this + " " + fault);
            }
            return name;
        }

        /** The name as it stands in the rule. */
        @Override
        public String toString() {
            StringBuilder name = new StringBuilder(texts.get(0));
            for (int i = 0; i < placeholders.size(); i++) {
                name.append(placeholders.get(i)).append(texts.get(i + 1));
            }
            return name.toString();
        }
    }

    /** Why a text is not a valid container name, or null if it is. */
    static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "gives an empty name";
        }
        if (name.length() > MAX_NAME_LENGTH) {
            return "gives a name of " + name.length() + " characters; at most 255 are allowed";
        }
        if (name.equals(".") || name.equals("..")) {
            return "gives the name \"" + name + "\", which is reserved";
        }
        if (name.indexOf('/') >= 0) {
            return "gives a name with a '/'";
        }
        int control = ControlCharacters.indexIn(name);
        return control < 0
                ? null
                : "gives a name with the " + ControlCharacters.named(name.codePointAt(control));
    }
}
