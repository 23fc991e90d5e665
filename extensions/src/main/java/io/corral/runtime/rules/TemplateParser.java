package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses a container path with placeholders in braces.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
final class TemplateParser<S> {

    /** The placeholders that one kind of rule knows. */
    interface Placeholders<S> {

        /**
         * The placeholder with this name.
         *
         * @param column the column of its opening brace
         * @throws SyntaxException if there is none; the message lists the valid ones
         */
        Placeholder<S> placeholder(String word, int column) throws SyntaxException;

        /** The valid placeholders, for messages. */
        String valid();
    }

    private final String source;
    private final int column;
    private final Placeholders<S> placeholders;

    /** @param column the column of the path in its line */
    TemplateParser(String source, int column, Placeholders<S> placeholders) {
        this.source = source;
        this.column = column;
        this.placeholders = placeholders;
    }

    PathTemplate<S> parse() throws SyntaxException {
        List<PathTemplate.Name<S>> names = new ArrayList<>();
        int begin = 1;
        while (source.length() > 1 && begin <= source.length()) {
            int slash = source.indexOf('/', begin);
            int end = slash < 0 ? source.length() : slash;
            if (begin == end) {
                throw at(begin, "an empty name in the path; expected names joined by single '/'");
            }
            names.add(name(begin, end));
            begin = end + 1;
        }
        return new PathTemplate<>(source, names);
    }

    private PathTemplate.Name<S> name(int begin, int end) throws SyntaxException {
        PathTemplate.Name<S> name = new PathTemplate.Name<>();
        int position = begin;
        while (true) {
            int open = source.indexOf('{', position);
            if (open < 0 || open >= end) {
                break;
            }
            int close = source.indexOf('}', open);
            if (close < 0 || close >= end) {
                throw at(open, "a brace that is not closed; expected " + placeholders.valid());
            }
            String word = source.substring(open + 1, close);
            name.add(
                    source.substring(position, open),
                    placeholders.placeholder(word, column + open));
            position = close + 1;
        }
        String text = source.substring(position, end);
        name.end(text);
        String fault = name.isFixed() ? PathTemplate.fault(text) : null;
        if (fault != null) {
            throw at(begin, "\"" + text + "\" " + fault + "; expected a container's name");
        }
        Placeholder<S> partial = name.partialPath();
        if (partial != null) {
            throw at(begin, partial + " is a path; expected it between slashes, with nothing else");
        }
        return name;
    }

    private SyntaxException at(int offset, String what) {
        return new SyntaxException(column + offset, what);
    }
}
