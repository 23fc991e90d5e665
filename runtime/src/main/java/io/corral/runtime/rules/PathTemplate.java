package io.corral.runtime.rules;

import io.corral.runtime.membership.ContainerNode;
import io.corral.runtime.membership.HierarchyTree;
import io.corral.runtime.membership.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's path with placeholders for what a rule has captured, or for a thread's properties. */
final class PathTemplate {

    /** So many containers may a placeholder make beside each other. What comes then goes to {@link #OVERFLOW}. */
    static final int MOST_SIBLINGS = 1_000;

    /** So many may one template make in all. */
    static final int MOST_MADE = 10_000;

    static final String OVERFLOW = "other";

    private static final String JVM = "jvm";

    private static final int LONGEST_NAME = 255;

    private final String source;
    private final List<Name> names;

    /** Containers, roughly: racing starts may lose one. */
    private int made;

    PathTemplate(String source, List<Name> names) {
        this.source = source;
        this.names = List.copyOf(names);
    }

    /**
     * The names of the path.
     *
     * @throws UnfitException if what stands for a placeholder is no name
     */
    String[] resolve(ThreadFacts thread, List<String> captures, boolean inMain) {
        String[] resolved = new String[names.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = names.get(i).resolve(thread, captures);
        }
        if (inMain && resolved.length > 0 && resolved[0].equals(JVM)) {
            throw new UnfitException("what is below /jvm is the JVM's");
        }
        return resolved;
    }

    /** Found or made; see {@link #resolve}. */
    ContainerNode container(HierarchyTree hierarchy, ThreadFacts thread, List<String> captures) {
        String[] resolved = resolve(thread, captures, hierarchy == Trees.MAIN);
        ContainerNode node = hierarchy.root();
        for (int i = 0; i < resolved.length; i++) {
            ContainerNode known = node.child(resolved[i]);
            if (known == null) {
                boolean isFull = node.childCount() >= MOST_SIBLINGS || made >= MOST_MADE;
                known = node.at(isFull && !names.get(i).isFixed() ? OVERFLOW : resolved[i]);
                made++;
            }
            node = known;
        }
        return node;
    }

    @Override
    public String toString() {
        return source;
    }

    /** Stands for a part that was captured, or for a property. */
    static final class Placeholder {

        private final String word;
        private final int capture;
        private final Condition.@Nullable Property property;

        private Placeholder(String word, int capture, Condition.@Nullable Property property) {
            this.word = word;
            this.capture = capture;
            this.property = property;
        }

        /** @param capture from 0 on */
        static Placeholder of(String word, int capture) {
            return new Placeholder(word, capture, null);
        }

        static Placeholder of(String word, Condition.Property property) {
            return new Placeholder(word, 0, property);
        }

        private @Nullable String value(ThreadFacts thread, List<String> captures) {
            if (property == null) {
                return captures.get(capture);
            }
            String value = property.of(thread);
            return value != null && property.isClass() ? simpleName(value) : value;
        }

        /** Of a class's name what stands behind its package. */
        private static String simpleName(String className) {
            // The JVM puts a slash and an address behind the name of a hidden class.
            int slash = className.indexOf('/');
            String name = slash < 0 ? className : className.substring(0, slash);
            return name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return "{" + word + "}";
        }
    }

    /** What can't be part of a path. */
    static final class UnfitException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnfitException(String message) {
            super(message, null, false, false);
        }
    }

    /** One name of the path: texts and placeholders in turn, a text first. */
    static final class Name {

        private final List<String> texts = new ArrayList<>();
        private final List<Placeholder> placeholders = new ArrayList<>();

        /** @param text what stands before the placeholder */
        void add(String text, Placeholder placeholder) {
            texts.add(text);
            placeholders.add(placeholder);
        }

        void end(String text) {
            texts.add(text);
        }

        boolean isFixed() {
            return placeholders.isEmpty();
        }

        private String resolve(ThreadFacts thread, List<String> captures) {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < placeholders.size(); i++) {
                String value = placeholders.get(i).value(thread, captures);
                if (value == null) {
                    throw new UnfitException(placeholders.get(i) + " is unknown");
                }
                name.append(texts.get(i)).append(value);
            }
            name.append(texts.get(texts.size() - 1));
            String resolved = name.toString();
            String fault = fault(resolved);
            if (fault != null) {
                throw new UnfitException(placeholders + " " + fault);
            }
            return resolved;
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
