package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind {@code enter}: methods, and where their executions belong. */
final class EntryRuleParser {

    private static final String EXPECTED = "a path that begins with '/'";

    private EntryRuleParser() {}

    /**
     * @param problems for what is wrong with the method, though what stands behind the arrow is looked at still
     * @return null if something was wrong with the method
     */
    static @Nullable EntryRule parse(
            LineScanner in, String location, Consumer<SyntaxException> problems)
            throws SyntaxException {
        int column = in.column();
        String target = in.beforeArrow();
        if (target.equals(HttpTarget.WORD)) {
            return ofHttp(in, location);
        }
        MethodPattern methods;
        try {
            methods = MethodPattern.parse(target, column);
        } catch (SyntaxException wrong) {
            problems.accept(wrong);
            template(in, Outcomes.hierarchy(in), wordsOf(target));
            return null;
        }
        return ofMethods(methods, in, location);
    }

    /** Of methods that could not be read: perhaps they were to be {@code http}, misspelt. */
    private static TemplateParser.Words<Execution> wordsOf(String target) {
        return target.indexOf('#') < 0
                ? new AnyWords()
                : new MethodWords(MethodPattern.MOST_PARAMETERS);
    }

    private static final class AnyWords implements TemplateParser.Words<Execution> {

        @Override
        public Placeholder<Execution> placeholder(String word, int column) {
            return execution -> null;
        }

        @Override
        public String valid() {
            return "any placeholder";
        }
    }

    private static EntryRule ofHttp(LineScanner in, String location) throws SyntaxException {
        String hierarchy = Outcomes.hierarchy(in);
        PathTemplate<Execution> template = template(in, hierarchy, new HttpWords());
        return new EntryRule(location, hierarchy, new HttpTarget(), template, true);
    }

    private static EntryRule ofMethods(MethodPattern methods, LineScanner in, String location)
            throws SyntaxException {
        String hierarchy = Outcomes.hierarchy(in);
        MethodWords words = new MethodWords(methods.mostArguments());
        PathTemplate<Execution> template = template(in, hierarchy, words);
        return new EntryRule(location, hierarchy, methods, template, words.namesClass());
    }

    private static PathTemplate<Execution> template(
            LineScanner in, String hierarchy, TemplateParser.Words<Execution> words)
            throws SyntaxException {
        int column = in.column();
        PathTemplate<Execution> template =
                Outcomes.path(in.word(), column, hierarchy, EXPECTED, words);
        Outcomes.end(in);
        return template;
    }
}
