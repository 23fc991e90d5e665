package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

/** Reads what stands behind {@code enter}: methods, and where their executions belong. */
final class EntryRuleParser {

    private static final String EXPECTED = "a path that begins with '/'";

    private EntryRuleParser() {}

    static EntryRule parse(LineScanner in, String location) throws SyntaxException {
        int column = in.column();
        String target = in.beforeArrow();
        return target.equals(HttpTarget.WORD)
                ? ofHttp(in, location)
                : ofMethods(MethodPattern.parse(target, column), in, location);
    }

    private static EntryRule ofHttp(LineScanner in, String location) throws SyntaxException {
        String hierarchy = Outcomes.hierarchy(in);
        Getters getters = new Getters();
        PathTemplate<Execution> template = template(in, hierarchy, new HttpWords(getters));
        return new EntryRule(location, hierarchy, new HttpTarget(), template, true, getters);
    }

    private static EntryRule ofMethods(MethodPattern methods, LineScanner in, String location)
            throws SyntaxException {
        String hierarchy = Outcomes.hierarchy(in);
        Getters getters = new Getters();
        MethodWords words = new MethodWords(methods.mostArguments(), getters);
        PathTemplate<Execution> template = template(in, hierarchy, words);
        return new EntryRule(location, hierarchy, methods, template, words.namesClass(), getters);
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
