package io.corral.rules.values;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the steps after an argument: {@code .headers.get(X-Tenant)}, {@code .topics[0]},
 * {@code .properties["a key"]}.
 */
public final class ValueParser {

    private static final Pattern CLASS_NAME =
            Pattern.compile("[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}.]*");

    private final String text;
    private int next;

    private ValueParser(String text) {
        this.text = text;
    }

    /** Null if the text is not such steps. */
    public static @Nullable List<ValueStep> parse(String text) {
        return new ValueParser(text).steps();
    }

    /**
     * Parses a static member and the steps after it: {@code com.acme.Tenants#current().id}. Null if
     * the text is none.
     */
    public static @Nullable StaticValue parseStatic(String text) {
        int hash = text.indexOf('#');
        if (hash < 0 || !CLASS_NAME.matcher(text.substring(0, hash)).matches()) {
            return null;
        }
        ValueParser parser = new ValueParser(text);
        parser.next = hash + 1;
        StaticMember member = parser.member();
        List<ValueStep> steps = member == null ? null : parser.steps();
        return member == null || steps == null
                ? null
                : new StaticValue(text.substring(0, hash), member, steps);
    }

    private @Nullable StaticMember member() {
        String name = name();
        if (name.isEmpty()) {
            return null;
        }
        if (text.startsWith("()", next)) {
            next += 2;
            return StaticMember.method(name, null);
        }
        if (!text.startsWith("(", next)) {
            return StaticMember.field(name);
        }
        next++;
        String argument = inside(')');
        return argument == null ? null : StaticMember.method(name, argument);
    }

    private @Nullable List<ValueStep> steps() {
        List<ValueStep> steps = new ArrayList<>();
        while (next < text.length()) {
            ValueStep step = step();
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
