package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import org.jspecify.annotations.Nullable;

/** What may stand in braces in a rule for threads: the number of a part that was captured, or a property. */
final class ThreadWords implements TemplateParser.Words<TakenThread> {

    private final int captures;

    /** @param captures how many parts the rule's conditions capture */
    ThreadWords(int captures) {
        this.captures = captures;
    }

    @Override
    public String valid() {
        return "{thread}, {class}, {task}, {group}, {loader} or the number of what was captured, {1} being the"
                + " first";
    }

    @Override
    public Placeholder<TakenThread> placeholder(String word, int column) throws SyntaxException {
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

    /** @param index from 0 on */
    private record Captured(int index) implements Placeholder<TakenThread> {

        @Override
        public String value(TakenThread taken) {
            return taken.captures().get(index);
        }

        @Override
        public String toString() {
            return "{" + (index + 1) + "}";
        }
    }

    private record OfThread(Condition.Property property) implements Placeholder<TakenThread> {

        @Override
        public @Nullable String value(TakenThread taken) {
            String value = property.of(taken.thread());
            return value != null && property.isClass() ? ClassNames.simple(value) : value;
        }

        @Override
        public String toString() {
            return "{" + property.word() + "}";
        }
    }
}
