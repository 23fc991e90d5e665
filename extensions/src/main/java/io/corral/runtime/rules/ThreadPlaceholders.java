package io.corral.runtime.rules;

import io.corral.runtime.placement.ThreadNames;
import io.corral.runtime.rules.LineScanner.SyntaxException;

import org.jspecify.annotations.Nullable;

/** The placeholders of rules for threads: the number of a captured part, or a property. */
final class ThreadPlaceholders implements TemplateParser.Placeholders<ThreadMatch> {

    private final int captures;

    /** @param captures how many parts the conditions of the rule capture */
    ThreadPlaceholders(int captures) {
        this.captures = captures;
    }

    @Override
    public String valid() {
        return "{name}, {thread}, {class}, {task}, {group}, {loader}, {origin}, {starter}, {virtual} or the"
                + " number of what was captured, {1} being the first";
    }

    @Override
    public Placeholder<ThreadMatch> placeholder(String word, int column) throws SyntaxException {
        if (word.matches("[1-9][0-9]?")) {
            int number = Integer.parseInt(word);
            if (number > captures) {
                throw new SyntaxException(
                        column,
                        "{" + number + "} where " + counted()
                                + "; expected a star in a glob or a group in an expression for each");
            }
            return new Captured(number - 1);
        }
        if (word.equals("name")) {
            return new OfName();
        }
        if (word.equals("virtual")) {
            return new OfVirtualPlace();
        }
        Condition.Property property = Condition.Property.of(word);
        if (property == null) {
            throw new SyntaxException(
                    column, "unknown placeholder {" + word + "}; expected " + valid());
        }
        return new OfThread(property);
    }

    private String counted() {
        if (captures == 0) {
            return "nothing is captured";
        }
        return captures + (captures == 1 ? " part is captured" : " parts are captured");
    }

    /** @param index counts from 0 */
    private record Captured(int index) implements Placeholder<ThreadMatch> {

        @Override
        public String value(ThreadMatch match) {
            return match.captures().get(index);
        }

        @Override
        public String toString() {
            return "{" + (index + 1) + "}";
        }
    }

    private record OfThread(Condition.Property property) implements Placeholder<ThreadMatch> {

        @Override
        public @Nullable String value(ThreadMatch match) {
            String value = property.of(match.thread());
            return value != null && property.isClass() ? ClassNames.simple(value) : value;
        }

        @Override
        public boolean isPath() {
            return property.isPath();
        }

        @Override
        public String toString() {
            return "{" + property.word() + "}";
        }
    }

    /** The thread's name without what differs from thread to thread. */
    private record OfName() implements Placeholder<ThreadMatch> {

        @Override
        public String value(ThreadMatch match) {
            return ThreadNames.of(match.thread().name());
        }

        @Override
        public String toString() {
            return "{name}";
        }
    }

    /** The place for virtual threads of the thread's starter. */
    private record OfVirtualPlace() implements Placeholder<ThreadMatch> {

        @Override
        public @Nullable String value(ThreadMatch match) {
            return match.thread().virtualPlace();
        }

        @Override
        public boolean isPath() {
            return true;
        }

        @Override
        public String toString() {
            return "{virtual}";
        }
    }
}
