package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code com.acme.Orders+#handle(java.lang.String, ..)}: globs for a class and a method, with a plus for all that extends or
 * implements the class; parameters if they are to be looked at.
 */
final class MethodPattern implements EntryTarget {

    private static final String EXPECTED =
            "; expected http, or a method as in com.acme.Orders#handle(java.lang.String, ..)";

    private static final String ANY_TYPE = "*";
    private static final String ANY_REST = "..";

    /** Of the JVM's. */
    static final int MOST_PARAMETERS = 255;

    private final String source;
    private final TextPattern type;
    private final boolean isBySupertype;
    private final TextPattern method;
    private final @Nullable List<String> parameterTypes;

    private MethodPattern(
            String source,
            TextPattern type,
            boolean isBySupertype,
            TextPattern method,
            @Nullable List<String> parameterTypes) {
        this.source = source;
        this.type = type;
        this.isBySupertype = isBySupertype;
        this.method = method;
        this.parameterTypes = parameterTypes;
    }

    /** @param column where it stands in its line */
    static MethodPattern parse(String source, int column) throws SyntaxException {
        int hash = source.indexOf('#');
        if (hash < 0) {
            throw new SyntaxException(
                    column, "no method in " + Complaints.quoted(source) + EXPECTED);
        }
        String typeName = source.substring(0, hash).trim();
        boolean isBySupertype = typeName.endsWith("+");
        if (isBySupertype) {
            typeName = typeName.substring(0, typeName.length() - 1);
        }
        checkType(typeName, isBySupertype, column);
        int open = source.indexOf('(', hash);
        String methodName =
                source.substring(hash + 1, open < 0 ? source.length() : open).trim();
        checkName("method", methodName, "", column + hash + 1);
        return new MethodPattern(
                source,
                TextPattern.glob(typeName),
                isBySupertype,
                TextPattern.glob(methodName),
                open < 0 ? null : parameters(source, open, column));
    }

    private static void checkType(String name, boolean isBySupertype, int column)
            throws SyntaxException {
        checkName("class", name, ".$", column);
        // Who implements java.util.concurrent.Callable may be the application's.
        boolean isJdks = name.startsWith("java.") || name.startsWith("jdk.");
        if ((isJdks && !isBySupertype) || name.startsWith("io.corral.runtime.")) {
            throw new SyntaxException(
                    column,
                    "classes of the JDK and of Corral can't be entered; expected one of the"
                            + " application's, or a + behind one of the JDK's for those that extend it");
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
                        Complaints.quoted(String.valueOf(c)) + " in a " + what + "'s name"
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
                    column + close + 1, "something behind the method; expected -> there");
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
                throw new SyntaxException(at, "something behind \"..\"; expected ')' there");
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
                    Complaints.quoted(name)
                            + " is no type; expected a class's name, * for any or .. for all the rest");
        }
    }

    /** How many arguments a method that this takes has at most. */
    int mostArguments() {
        return parameterTypes == null || parameterTypes.contains(ANY_REST)
                ? MOST_PARAMETERS
                : parameterTypes.size();
    }

    @Override
    public boolean mayTake(String className) {
        return isBySupertype || holds(type, className);
    }

    @Override
    public boolean mayTakeOfJdk(String className) {
        return false;
    }

    @Override
    public boolean isBySupertype() {
        return isBySupertype;
    }

    @Override
    public boolean takesClass(String className, List<String> supertypes) {
        if (holds(type, className)) {
            return true;
        }
        for (int i = 0; isBySupertype && i < supertypes.size(); i++) {
            if (holds(type, supertypes.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean takesMethod(
            String className, List<String> supertypes, String name, List<String> types) {
        return holds(method, name) && takesClass(className, supertypes) && takesParameters(types);
    }

    private boolean looksAtParameters() {
        return parameterTypes != null
                && (parameterTypes.isEmpty() || !parameterTypes.get(0).equals(ANY_REST));
    }

    private boolean takesParameters(List<String> types) {
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

    /** With its package or without; a nested class, behind a dot or a dollar sign, also without those around it. */
    private static boolean isType(String wanted, String type) {
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
        } catch (TextPattern.TooHardException | StackOverflowError tooHard) {
            return false;
        }
    }

    @Override
    public String tookNothing() {
        return "has taken no method: no class of the application that was loaded has one like that"
                + (looksAtParameters() ? ", with these parameters," : "")
                + " with a body of its own"
                + (isBySupertype
                        ? ""
                        : "; name the class that has the body, or put a + behind the name for all that extend it");
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return source;
    }
}
