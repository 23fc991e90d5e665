package io.corral.runtime.rules;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container's path with placeholders.
 *
 * @param <S> what is placed
 */
final class PathTemplate<S> {

    /** So many containers may a placeholder make beside each other. What comes then goes to {@link #OVERFLOW}. */
    static final int MOST_SIBLINGS = 1_000;

    /** So many may one template make in all. */
    static final int MOST_MADE = 10_000;

    static final String OVERFLOW = "other";

    private static final String JVM = "jvm";

    private static final int LONGEST_NAME = 255;

    private final String source;
    private final List<Name<S>> names;

    /** Containers, roughly: racing starts may lose one. */
    private int made;

    PathTemplate(String source, List<Name<S>> names) {
        this.source = source;
        this.names = List.copyOf(names);
    }

    /** Whether it is the same path for all: then it always fits. */
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
     * @throws UnfitException if what stands for a placeholder is no name
     */
    List<String> resolve(S subject, boolean inMain) {
        return resolve(subject, inMain, new ArrayList<>(names.size()));
    }

    /** @param origins where to add, for each name, what of the template has given it */
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
            throw new UnfitException("what is below /jvm is the JVM's");
        }
        return resolved;
    }

    /** Found or made; see {@link #resolve}. */
    ContainerNode container(HierarchyTree hierarchy, S subject, Complaints complaints) {
        List<Name<S>> origins = new ArrayList<>(names.size());
        List<String> resolved = resolve(subject, hierarchy == Trees.MAIN, origins);
        ContainerNode node = hierarchy.root();
        for (int i = 0; i < resolved.size(); i++) {
            ContainerNode known = node.child(resolved.get(i));
            if (known == null) {
                known = make(node, resolved.get(i), origins.get(i).isFixed(), complaints);
            }
            node = known;
        }
        return node;
    }

    private ContainerNode make(
            ContainerNode parent, String name, boolean isFixed, Complaints complaints) {
        boolean isFull = parent.childCount() >= MOST_SIBLINGS;
        boolean isExhausted = made >= MOST_MADE;
        if (isFixed || !(isFull || isExhausted)) {
            made++;
            return parent.childOrNew(name);
        }
        if (isFull) {
            complaints.full(parent);
        } else {
            complaints.exhausted(MOST_MADE);
        }
        return parent.childOrNew(OVERFLOW);
    }

    /** Where goes what there is no room for: what all placeholders lead to. The container itself if there is none. */
    ContainerNode overflow(HierarchyTree hierarchy) {
        ContainerNode node = hierarchy.root();
        for (Name<S> name : names) {
            node = node.childOrNew(name.isFixed() ? name.texts.get(0) : OVERFLOW);
        }
        return node;
    }

    @Override
    public String toString() {
        return source;
    }

    /** What can't be part of a path. */
    static final class UnfitException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final boolean isToBeSaid;

        UnfitException(String message) {
            this(message, true);
        }

        private UnfitException(String message, boolean isToBeSaid) {
            super(message, null, false, false);
            this.isToBeSaid = isToBeSaid;
        }

        /** Nobody has anything to mend: many a subject is none of a rule's. */
        static UnfitException notTaken() {
            return new UnfitException("not taken", false);
        }

        /** Whether somebody may have to mend something. */
        boolean isToBeSaid() {
            return isToBeSaid;
        }
    }

    /** One name of the path, or several if it is a placeholder for a path: texts and placeholders in turn, a text first. */
    static final class Name<S> {

        private final List<String> texts = new ArrayList<>();
        private final List<Placeholder<S>> placeholders = new ArrayList<>();

        /** @param text what stands before the placeholder */
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

        /** A path's placeholder can't be a part of a name. */
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
                names.add(fit(name(subject)));
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
                throw new UnfitException(placeholder + " is unknown");
            }
            return value;
        }

        private void addPath(String path, List<String> names) {
            int begin = 0;
            while (begin < path.length()) {
                int slash = path.indexOf('/', begin);
                int end = slash < 0 ? path.length() : slash;
                if (end > begin) {
                    names.add(fit(path.substring(begin, end)));
                }
                begin = end + 1;
            }
        }

        private String fit(String name) {
            String fault = fault(name);
            if (fault != null) {
                throw new UnfitException(placeholders + " " + fault);
            }
            return name;
        }
    }

    /** Why a text is no container's name, or null if it is one. */
    static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "gives an empty name";
        }
        if (name.length() > LONGEST_NAME) {
            return "gives a name of " + name.length() + " characters; at most 255 are allowed";
        }
        if (name.equals(".") || name.equals("..")) {
            return "gives the name \"" + name + "\", which is reserved";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || Character.isISOControl(c)) {
                return c == '/'
                        ? "gives a name with a '/'"
                        : "gives a name with the control character " + (int) c;
            }
        }
        return null;
    }
}
