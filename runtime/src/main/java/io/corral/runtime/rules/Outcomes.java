package io.corral.runtime.rules;

import io.corral.runtime.container.Trees;
import io.corral.runtime.rules.LineScanner.SyntaxException;

/** What stands behind the arrow, in all kinds of rules that lead to a container. */
final class Outcomes {

    private static final String JVM = "/jvm";

    private Outcomes() {}

    /** {@code hierarchy NAME}, if that comes next; else main. */
    static String hierarchy(LineScanner in) throws SyntaxException {
        if (!in.accept("hierarchy")) {
            return Trees.MAIN.name();
        }
        int column = in.column();
        String name = in.word();
        String fault = PathTemplate.fault(name);
        if (fault != null) {
            throw new SyntaxException(
                    column, "\"" + name + "\" " + fault + "; expected a hierarchy's name");
        }
        return name;
    }

    /**
     * A path that was read.
     *
     * @param expected what might stand there
     */
    static <S> PathTemplate<S> path(
            String path,
            int column,
            String hierarchy,
            String expected,
            TemplateParser.Words<S> words)
            throws SyntaxException {
        if (!path.startsWith("/")) {
            throw new SyntaxException(
                    column, "unknown outcome \"" + path + "\"; expected " + expected);
        }
        PathTemplate<S> template = new TemplateParser<>(path, column, words).parse();
        if (hierarchy.equals(Trees.MAIN.name())
                && (path.equals(JVM) || path.startsWith(JVM + "/"))) {
            throw new SyntaxException(
                    column, "what is below /jvm is the JVM's; expected another path");
        }
        return template;
    }

    static void end(LineScanner in) throws SyntaxException {
        if (!in.isAtEnd()) {
            throw new SyntaxException(in.column(), "something behind the rule; expected its end");
        }
    }
}
