package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code com.acme.Orders+#handle(java.lang.String, ..)}: globs for a class and a method. A plus
 * stands for all subtypes. Parameters are matched if they are given.
 */
final class MethodPattern implements EntryTarget {

    private static final String EXPECTED =
            "; expected http, grpc or a method as in com.acme.Orders#handle(java.lang.String, ..)";

    private static final String ANY_TYPE = "*";
    private static final String ANY_REST = "..";

    /** The JVM's limit. */
    static final int MAX_PARAMETERS = 255;

    private final String source;
    private final boolean matchesLambdas;
    private final TextPattern type;
    private final boolean matchesSubtypes;
    private final TextPattern method;
    private final @Nullable List<String> parameterTypes;

    private MethodPattern(
            String source,
            boolean matchesLambdas,
            TextPattern type,
            boolean matchesSubtypes,
            TextPattern method,
            @Nullable List<String> parameterTypes) {
        this.source = source;
        this.matchesLambdas = matchesLambdas;
        this.type = type;
        this.matchesSubtypes = matchesSubtypes;
        this.method = method;
        this.parameterTypes = parameterTypes;
    }

    /**
     * @param column the column of the pattern in its line
     * @param ofLambdas whether the pattern is for lambdas that are created in such methods
     */
    static MethodPattern parse(String source, int column, boolean ofLambdas)
            throws SyntaxException {
        int hash = source.indexOf('#');
        if (hash < 0) {
            throw new SyntaxException(
                    column, "no method in " + RuleWarnings.quoted(source) + EXPECTED);
        }
        String typeName = source.substring(0, hash).trim();
        boolean matchesSubtypes = typeName.endsWith("+");
        if (matchesSubtypes) {
            typeName = typeName.substring(0, typeName.length() - 1);
        }
        checkType(typeName, matchesSubtypes, column);
        int open = source.indexOf('(', hash);
        String methodName =
                source.substring(hash + 1, open < 0 ? source.length() : open).trim();
        checkName("method", methodName, "", column + hash + 1);
        return new MethodPattern(
                source,
                ofLambdas,
                TextPattern.glob(typeName),
                matchesSubtypes,
                TextPattern.glob(methodName),
                open < 0 ? null : parameters(source, open, column));
    }

    private static void checkType(String name, boolean matchesSubtypes, int column)
            throws SyntaxException {
        checkName("class", name, ".$", column);
        // A subtype of java.util.concurrent.Callable may belong to the application.
        boolean isJdkClass = name.startsWith("java.") || name.startsWith("jdk.");
        if ((isJdkClass && !matchesSubtypes) || name.startsWith("io.corral.runtime.")) {
            throw new SyntaxException(
                    column,
                    "methods of the JDK and of Corral can't be entered; expected a class of the"
                            + " application, or a JDK type followed by + for its subtypes");
        }
    }

    private static void checkName(String what, String name, String separators, int column)
            throws SyntaxException {
        if (name.isEmpty()) {
            throw new SyntaxException(column, "no " + what + "'s name" + EXPECTED);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c)
                    && c != '*'
                    && c != '?'
                    && separators.indexOf(c) < 0) {
                throw new SyntaxException(
                        column + i,
                        RuleWarnings.quoted(String.valueOf(c)) + " in a " + what + "'s name"
                                + EXPECTED);
            }
        }
    }

    private static List<String> parameters(String source, int open, int column)
            throws SyntaxException {
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
            checkParameter(name, at);
            types.add(name);
            position += part.length() + 1;
        }
        return types;
    }

    private static void checkParameter(String name, int column) throws SyntaxException {
        if (!name.matches("\\.\\.|\\*|[\\w$]+(\\.[\\w$]+)*(\\[])*")) {
            throw new SyntaxException(
                    column,
                    RuleWarnings.quoted(name)
                            + " is not a type; expected a class name, * for any type or .. for all remaining ones");
        }
    }

    /** How many arguments a matching method has at most. */
    int maxArguments() {
        return parameterTypes == null || parameterTypes.contains(ANY_REST)
                ? MAX_PARAMETERS
                : parameterTypes.size();
    }

    @Override
    public boolean mayMatchClass(String className) {
        return matchesSubtypes || holds(type, className);
    }

    @Override
    public boolean mayMatchJdkClass(String className) {
        return false;
    }

    @Override
    public boolean matchesSubtypes() {
        return matchesSubtypes;
    }

    @Override
    public boolean matchesClass(String className, List<String> supertypes) {
        if (holds(type, className)) {
            return true;
        }
        for (int i = 0; matchesSubtypes && i < supertypes.size(); i++) {
            if (holds(type, supertypes.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean matchesMethod(
            String className, List<String> supertypes, String name, List<String> types) {
        return holds(method, name)
                && matchesClass(className, supertypes)
                && matchesParameters(types);
    }

    @Override
    public boolean namesExactly(String className) {
        return !matchesSubtypes && !matchesLambdas && source.startsWith(className + "#");
    }

    @Override
    public boolean matchesLambdas() {
        return matchesLambdas;
    }

    private boolean hasParameterPattern() {
        return parameterTypes != null
                && (parameterTypes.isEmpty() || !parameterTypes.get(0).equals(ANY_REST));
    }

    private boolean matchesParameters(List<String> types) {
        if (parameterTypes == null) {
            return true;
        }
        for (int i = 0; i < parameterTypes.size(); i++) {
            String wanted = parameterTypes.get(i);
            if (wanted.equals(ANY_REST)) {
                return true;
            }
            if (i >= types.size() || !isType(wanted, types.get(i))) {
                return false;
            }
        }
        return parameterTypes.size() == types.size();
    }

    /**
     * Whether a type matches, with its package or without. A nested class, after a dot or a dollar
     * sign, also matches without its enclosing classes.
     */
    static boolean isType(String wanted, String type) {
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

    private static boolean holds(TextPattern pattern, String name) {
        try {
            return pattern.matches(name, new ArrayList<>());
        } catch (TextPattern.PatternTooCostlyException | StackOverflowError tooHard) {
            return false;
        }
    }

    @Override
    public String unusedMessage() {
        if (matchesLambdas) {
            return "matched no lambda: no such method of a loaded class of the application makes"
                    + " one" + (hasParameterPattern() ? " with these parameters" : "");
        }
        return "matched no method: no loaded class of the application has such a method"
                + (hasParameterPattern() ? " with these parameters" : "")
                + " and a body for it"
                + (matchesSubtypes
                        ? ""
                        : "; name the class that has the body, or append + to match its subtypes");
    }

    /** The pattern as written in the file. */
    @Override
    public String toString() {
        return matchesLambdas ? EntryRuleParser.LAMBDA + " " + source : source;
    }
}
