package io.corral.rules.language;

import io.corral.rules.language.LineScanner.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code (java.lang.String, *, ..)}: the types of a method's parameters. */
public final class ParameterPattern {

    /** The JVM's limit. */
    public static final int MAX_COUNT = 255;

    private static final String ANY_TYPE = "*";
    private static final String ANY_REST = "..";

    /** Null for any parameters. */
    private final @Nullable List<String> types;

    private ParameterPattern(@Nullable List<String> types) {
        this.types = types;
    }

    /**
     * @param source a method's name with its parameters
     * @param open the position of the opening parenthesis; negative for any parameters
     * @param column the column of {@code source} in its line
     */
    public static ParameterPattern parse(String source, int open, int column)
            throws SyntaxException {
        return new ParameterPattern(open < 0 ? null : types(source, open, column));
    }

    private static List<String> types(String source, int open, int column) throws SyntaxException {
        int close = source.indexOf(')', open);
        if (close < 0) {
            throw new SyntaxException(
                    column + open, "a parenthesis that is not closed; expected ')'");
        }
        if (close != source.length() - 1) {
            throw new SyntaxException(
                    column + close + 1, "unexpected text after the method; expected ->");
        }
        List<String> types = new ArrayList<>();
        String inside = source.substring(open + 1, close);
        if (inside.isBlank()) {
            return types;
        }
        int position = open + 1;
        for (String part : inside.split(",", -1)) {
            String name = part.trim();
            int at = column + position + part.indexOf(name);
            if (!types.isEmpty() && types.get(types.size() - 1).equals(ANY_REST)) {
                throw new SyntaxException(at, "unexpected text after \"..\"; expected ')'");
            }
            check(name, at);
            types.add(name);
            position += part.length() + 1;
        }
        return types;
    }

    private static void check(String name, int column) throws SyntaxException {
        if (!name.matches("\\.\\.|\\*|[\\w$]+(\\.[\\w$]+)*(\\[])*")) {
            throw new SyntaxException(
                    column,
                    RuleWarnings.quoted(name)
                            + " is not a type; expected a class name, * for any type or .. for all"
                            + " remaining ones");
        }
    }

    /** How many parameters a matching method has at most. */
    public int maxCount() {
        return types == null || types.contains(ANY_REST) ? MAX_COUNT : types.size();
    }

    /** Whether all parameters match. */
    public boolean isAny() {
        return types == null || (!types.isEmpty() && types.get(0).equals(ANY_REST));
    }

    public boolean matches(List<String> actual) {
        if (types == null) {
            return true;
        }
        for (int i = 0; i < types.size(); i++) {
            String wanted = types.get(i);
            if (wanted.equals(ANY_REST)) {
                return true;
            }
            if (i >= actual.size() || !isType(wanted, actual.get(i))) {
                return false;
            }
        }
        return types.size() == actual.size();
    }

    /**
     * Whether a type matches, with its package or without. A nested class, after a dot or a dollar
     * sign, also matches without its enclosing classes.
     */
    public static boolean isType(String wanted, String type) {
        if (wanted.equals(ANY_TYPE)) {
            return true;
        }
        String dotted = wanted.replace('$', '.');
        return dotted.equals(type.replace('$', '.')) || isEndOf(ClassNames.simple(type), dotted);
    }

    private static boolean isEndOf(String simple, String dotted) {
        int before = simple.length() - dotted.length() - 1;
        return simple.replace('$', '.').endsWith(dotted)
                && (before == -1 || simple.charAt(before) == '$');
    }
}
