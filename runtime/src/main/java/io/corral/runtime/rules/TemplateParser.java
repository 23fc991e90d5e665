package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a container's path in which placeholders stand in braces.
 *
 * @param <S> what is placed
 */
final class TemplateParser<S> {

    /** Reads what stands in braces. */
    interface Words<S> {

        /**
         * @param column of its opening brace
         * @throws SyntaxException if it is none, with those that are
         */
        Placeholder<S> placeholder(String word, int column) throws SyntaxException;

        /** Those that there are, for messages. */
        String valid();
    }

    private final String source;
    private final int column;
    private final Words<S> words;

    /** @param column where it stands in its line */
    TemplateParser(String source, int column, Words<S> words) {
        this.source = source;
        this.column = column;
        this.words = words;
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
                throw at(open, "a brace that is not closed; expected " + words.valid());
            }
            String word = source.substring(open + 1, close);
            name.add(source.substring(position, open), words.placeholder(word, column + open));
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
