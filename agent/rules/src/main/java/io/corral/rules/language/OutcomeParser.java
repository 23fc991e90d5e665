package io.corral.rules.language;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.container.ContainerNames;
import io.corral.runtime.container.Trees;

/** Parses the outcome after the arrow, for all rules that lead to a container. */
public final class OutcomeParser {

    private static final String JVM = "/jvm";

    private OutcomeParser() {}

    /** The name after {@code hierarchy} if that word comes next, else main. */
    public static String hierarchy(LineScanner in) throws SyntaxException {
        if (!in.accept("hierarchy")) {
            return Trees.MAIN.name();
        }
        int column = in.column();
        String name = ContainerNames.normalised(in.word());
        String fault = NameTemplate.fault(name);
        if (fault != null) {
            throw new SyntaxException(
                    column, "\"" + name + "\" " + fault + "; expected a hierarchy's name");
        }
        return name;
    }

    /**
     * Parses a path.
     *
     * @param expected the valid outcomes, for messages
     */
    public static <S> PathTemplate<S> path(
            String path,
            int column,
            String hierarchy,
            String expected,
            TemplateParser.Placeholders<S> placeholders)
            throws SyntaxException {
        if (!path.startsWith("/")) {
            throw new SyntaxException(
                    column, "unknown outcome \"" + path + "\"; expected " + expected);
        }
        PathTemplate<S> template = new TemplateParser<>(path, column, placeholders).parse();
        if (hierarchy.equals(Trees.MAIN.name())
                && (path.equals(JVM) || path.startsWith(JVM + "/"))) {
            throw new SyntaxException(
                    column, "/jvm is reserved for the JVM's own threads; expected another path");
        }
        return template;
    }

    public static void end(LineScanner in) throws SyntaxException {
        if (!in.isAtEnd()) {
            throw new SyntaxException(
                    in.column(), "unexpected text after the rule; expected the end of the line");
        }
    }
}
