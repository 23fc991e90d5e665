package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.List;

/** Reads a container's path in which placeholders stand in braces. */
final class TemplateParser {

    private static final String PLACEHOLDERS =
            "{thread}, {class}, {task}, {group}, {loader} or the number of what was captured, {1} being the first";

    private final String source;
    private final int column;
    private final int captures;

    /**
     * @param column where it stands in its line
     * @param captures how many parts the rule's conditions capture
     */
    TemplateParser(String source, int column, int captures) {
        this.source = source;
        this.column = column;
        this.captures = captures;
    }

    PathTemplate parse() throws SyntaxException {
        if (!source.startsWith("/")) {
            throw at(
                    0,
                    "unknown outcome \"" + source
                            + "\"; expected a path that begins with '/', inherit or ignore");
        }
        List<PathTemplate.Name> names = new ArrayList<>();
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
        return new PathTemplate(source, names);
    }

    private PathTemplate.Name name(int begin, int end) throws SyntaxException {
        PathTemplate.Name name = new PathTemplate.Name();
        int position = begin;
        while (true) {
            int open = source.indexOf('{', position);
            if (open < 0 || open >= end) {
                break;
            }
            int close = source.indexOf('}', open);
            if (close < 0 || close >= end) {
                throw at(open, "a brace that is not closed; expected " + PLACEHOLDERS);
            }
            String word = source.substring(open + 1, close);
            name.add(source.substring(position, open), placeholder(word, open));
            position = close + 1;
        }
        String text = source.substring(position, end);
        name.end(text);
        String fault = name.isFixed() ? PathTemplate.fault(text) : null;
        if (fault != null) {
            throw at(begin, "\"" + text + "\" " + fault + "; expected a container's name");
        }
        return name;
    }

    private PathTemplate.Placeholder placeholder(String word, int open) throws SyntaxException {
        if (word.matches("[1-9][0-9]?")) {
            int number = Integer.parseInt(word);
            if (number > captures) {
                throw at(
                        open,
                        "{" + number + "} where " + (captures == 0 ? "nothing" : captures)
                                + (captures == 1
                                        ? " part is captured"
                                        : captures == 0 ? " is captured" : " parts are captured")
                                + "; expected a star in a glob or a group in an expression for each");
            }
            return PathTemplate.Placeholder.of(word, number - 1);
        }
        Condition.Property property = Condition.Property.of(word);
        if (property == null) {
            throw at(open, "unknown placeholder {" + word + "}; expected " + PLACEHOLDERS);
        }
        return PathTemplate.Placeholder.of(word, property);
    }

    private SyntaxException at(int offset, String what) {
        return new SyntaxException(column + offset, what);
    }
}
