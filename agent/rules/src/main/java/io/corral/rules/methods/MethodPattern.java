package io.corral.rules.methods;

import io.corral.rules.language.ClassNames;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.ParameterPattern;
import io.corral.rules.language.RuleWarnings;
import io.corral.runtime.placement.Glob;

import java.util.List;

/**
 * {@code com.acme.Orders+#handle(java.lang.String, ..)}: globs for a class and a method. A plus
 * stands for all subtypes. Parameters are matched if they are given.
 */
record MethodPattern(
        String source,
        boolean matchesLambdas,
        Glob type,
        boolean matchesSubtypes,
        Glob method,
        ParameterPattern parameters)
        implements EntryTarget {

    private static final String EXPECTED =
            "; expected http, grpc or a method as in com.acme.Orders#handle(java.lang.String, ..)";

    /** The word before a pattern for lambdas. */
    static final String LAMBDA = "lambda";

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
                new Glob(typeName),
                matchesSubtypes,
                new Glob(methodName),
                ParameterPattern.parse(source, open, column));
    }

    private static void checkType(String name, boolean matchesSubtypes, int column)
            throws SyntaxException {
        checkName("class", name, ".$", column);
        // A subtype of java.util.concurrent.Callable may belong to the application.
        if ((ClassNames.isOfJdk(name) && !matchesSubtypes) || ClassNames.isOfRuntime(name)) {
            throw new SyntaxException(
                    column,
                    "methods of the JDK and of Corral can't be entered; expected a class of the"
                            + " application, or a JDK type followed by + for its subtypes");
        }
    }

    private static void checkName(String what, String name, String separators, int column)
            throws SyntaxException {
        if (name.isEmpty()) {
            throw new SyntaxException(column, "no " + what + " name" + EXPECTED);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c)
                    && c != '*'
                    && c != '?'
                    && separators.indexOf(c) < 0) {
                throw new SyntaxException(
                        column + i,
                        RuleWarnings.quoted(String.valueOf(c)) + " in a " + what + " name"
                                + EXPECTED);
            }
        }
    }

    /** How many arguments a matching method has at most. */
    int maxArguments() {
        return parameters.maxCount();
    }

    @Override
    public boolean mayMatchClass(String className) {
        return matchesSubtypes || type.matches(className, null);
    }

    @Override
    public boolean matchesClass(String className, List<String> supertypes) {
        if (type.matches(className, null)) {
            return true;
        }
        for (int i = 0; matchesSubtypes && i < supertypes.size(); i++) {
            if (type.matches(supertypes.get(i), null)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean matchesMethod(
            String className, List<String> supertypes, String name, List<String> types) {
        return method.matches(name, null)
                && matchesClass(className, supertypes)
                && parameters.matches(types);
    }

    @Override
    public boolean namesExactly(String className) {
        return !matchesSubtypes && !matchesLambdas && source.startsWith(className + "#");
    }

    @Override
    public String unusedMessage() {
        if (matchesLambdas) {
            return "matched no lambda: no such method of a loaded class of the application makes"
                    + " one" + (!parameters.isAny() ? " with these parameters" : "");
        }
        return "matched no method: no loaded class of the application has such a method"
                + (!parameters.isAny() ? " with these parameters" : "")
                + " and a body for it"
                + (matchesSubtypes
                        ? ""
                        : "; name the class that has the body, or append + to match its subtypes");
    }

    /** The pattern as written in the file. */
    @Override
    public String toString() {
        return matchesLambdas ? LAMBDA + " " + source : source;
    }
}
