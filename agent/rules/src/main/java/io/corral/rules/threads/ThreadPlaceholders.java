package io.corral.rules.threads;

import io.corral.rules.language.ClassNames;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.Placeholder;
import io.corral.rules.language.TemplateParser;
import io.corral.runtime.placement.ThreadNames;
import io.corral.runtime.placement.ThreadProperty;

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
        return "{name}, {thread}, {class}, {task}, {group}, {loader}, {origin}, {starter},"
                + " {virtual} or the number of what was captured, {1} being the first";
    }

    @Override
    public Placeholder<ThreadMatch> placeholder(String word, int column) throws SyntaxException {
        if (word.matches("[1-9][0-9]?")) {
            int number = Integer.parseInt(word);
            if (number > captures) {
                throw new SyntaxException(
                        column,
                        "{" + number + "} where " + counted()
                                + "; expected a star in a glob or a group in an expression for"
                                + " each");
            }
            return new Placeholder<>(word) {
                @Override
                public String value(ThreadMatch match) {
                    return match.captures().get(number - 1);
                }
            };
        }
        if (word.equals("name")) {
            return new Placeholder<>(word) {
                @Override
                public String value(ThreadMatch match) {
                    return ThreadNames.of(match.thread().name());
                }
            };
        }
        if (word.equals("virtual")) {
            return new Placeholder<>(word, true) {
                @Override
                public @Nullable String value(ThreadMatch match) {
                    return match.thread().virtualPlace();
                }
            };
        }
        ThreadProperty property = ThreadProperty.of(word);
        if (property == null || !property.hasPattern()) {
            throw new SyntaxException(
                    column, "unknown placeholder {" + word + "}; expected " + valid());
        }
        boolean isClass = property == ThreadProperty.CLASS || property == ThreadProperty.TASK;
        return new Placeholder<>(word, property == ThreadProperty.STARTER) {
            @Override
            public @Nullable String value(ThreadMatch match) {
                String value = property.of(match.thread());
                return value != null && isClass ? ClassNames.simple(value) : value;
            }
        };
    }

    private String counted() {
        if (captures == 0) {
            return "nothing is captured";
        }
        return captures + (captures == 1 ? " part is captured" : " parts are captured");
    }
}
