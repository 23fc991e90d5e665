package io.corral.rules.language;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.container.ContainerNames;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses a container path with placeholders in braces.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
public final class TemplateParser<S> {

    /** The placeholders that one kind of rule knows. */
    public interface Placeholders<S> {

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
        List<NameTemplate<S>> names = new ArrayList<>();
        int begin = 1;
        while (source.length() > 1 && begin <= source.length()) {
            int end = endOfName(begin);
            if (begin == end) {
                throw at(begin, "an empty name in the path; expected names joined by single '/'");
            }
            names.add(name(begin, end));
            begin = end + 1;
        }
        return new PathTemplate<>(source, names);
    }

    /** The position of the next slash outside braces, or of the end. */
    private int endOfName(int begin) {
        int end = begin;
        while (end < source.length() && source.charAt(end) != '/') {
            int close = source.charAt(end) == '{' ? close(end) : -1;
            end = close < 0 ? end + 1 : close + 1;
        }
        return end;
    }

    /**
     * The position of the brace that closes a placeholder, or -1. A brace inside quotation marks,
     * or in the regular expression after a bar, does not close it.
     */
    private int close(int open) {
        boolean isQuoted = false;
        for (int i = open + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && c == '}') {
                return i;
            } else if (!isQuoted && source.startsWith("|/", i)) {
                int end = source.indexOf("/}", i + 2);
                return end < 0 ? -1 : end + 1;
            }
        }
        return -1;
    }

    private NameTemplate<S> name(int begin, int end) throws SyntaxException {
        NameTemplate<S> name = new NameTemplate<>();
        int position = begin;
        while (true) {
            int open = source.indexOf('{', position);
            if (open < 0 || open >= end) {
                break;
            }
            int close = close(open);
            if (close < 0) {
                throw at(
                        open,
                        "a brace that is not closed; a path with a space stands in quotation marks;"
                                + " expected " + placeholders.valid());
            }
            name.add(source.substring(position, open), placeholder(open, close));
            position = close + 1;
        }
        String text = ContainerNames.normalised(source.substring(position, end));
        name.end(text);
        if (name.isFixed()) {
            checkName(text, column + begin);
        }
        Placeholder<S> partial = name.partialPath();
        if (partial != null) {
            throw at(begin, partial + " is a path; expected it between slashes, with nothing else");
        }
        return name;
    }

    /**
     * @param column the column of the name in its line
     * @throws SyntaxException if it is not a valid name of a container
     */
    public static void checkName(String name, int column) throws SyntaxException {
        String fault = NameTemplate.fault(name);
        if (fault != null) {
            throw new SyntaxException(
                    column, "\"" + name + "\" " + fault + "; expected a container's name");
        }
    }

    private Placeholder<S> placeholder(int open, int close) throws SyntaxException {
        String word = source.substring(open + 1, close);
        int bar = bar(word);
        if (bar < 0) {
            return placeholders.placeholder(word, column + open);
        }
        return PartOfValue.of(
                placeholders.placeholder(word.substring(0, bar), column + open),
                word.substring(bar + 1),
                column + open + 1 + bar + 1);
    }

    /** The position of the first bar outside quotation marks, or -1. */
    private static int bar(String word) {
        boolean isQuoted = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '|' && !isQuoted) {
                return i;
            }
        }
        return -1;
    }

    private SyntaxException at(int offset, String what) {
        return new SyntaxException(column + offset, what);
    }
}
