package io.corral.rules.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the steps after an argument: {@code .headers.get(X-Tenant)}, {@code .topics[0]},
 * {@code .properties["a key"]}.
 */
public final class ValueParser {

    private final String text;
    private int next;

    private ValueParser(String text) {
        this.text = text;
    }

    /** Null if the text is not such steps. */
    public static @Nullable List<ValueStep> parse(String text) {
        ValueParser parser = new ValueParser(text);
        List<ValueStep> steps = new ArrayList<>();
        while (parser.next < text.length()) {
            ValueStep step = parser.step();
            if (step == null) {
                return null;
            }
            steps.add(step);
        }
        return steps;
    }

    private @Nullable ValueStep step() {
        char first = text.charAt(next++);
        if (first == '[') {
            String key = inside(']');
            return key == null ? null : new Element(key);
        }
        String name = first == '.' ? name() : "";
        if (name.isEmpty()) {
            return null;
        }
        if (next == text.length() || text.charAt(next) != '(') {
            return Property.of(name);
        }
        next++;
        String argument = inside(')');
        return argument == null ? null : Property.call(name, argument);
    }

    /** Empty if no name comes next. */
    private String name() {
        int begin = next;
        while (next < text.length()
                && (next == begin
                        ? Character.isJavaIdentifierStart(text.charAt(next))
                        : Character.isJavaIdentifierPart(text.charAt(next)))) {
            next++;
        }
        return text.substring(begin, next);
    }

    /**
     * The text up to a closing bracket, which may stand in quotation marks. Null if it is empty or
     * not closed.
     */
    private @Nullable String inside(char close) {
        boolean isQuoted = next < text.length() && text.charAt(next) == '"';
        int begin = isQuoted ? next + 1 : next;
        int end = text.indexOf(isQuoted ? "\"" + close : String.valueOf(close), begin);
        if (end <= begin) {
            return null;
        }
        next = end + (isQuoted ? 2 : 1);
        return text.substring(begin, end);
    }
}
