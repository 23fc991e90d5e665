package io.corral.rules.threads;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.runtime.placement.NameRule;

/** Parses a rule for names: a glob, and the name that counts instead. */
public final class NameRuleParser {

    private static final int MAX_STARS = 9;

    private NameRuleParser() {}

    public static NameRule parse(LineScanner in) throws SyntaxException {
        int column = in.column();
        if (in.isAtEnd() || in.isAtArrow() || in.isAtRegex()) {
            throw new SyntaxException(
                    column,
                    "expected a glob, in which * is any text, ? one character and # digits");
        }
        String glob = in.word();
        int stars = 0;
        for (int i = 0; i < glob.length(); i++) {
            stars += glob.charAt(i) == '*' ? 1 : 0;
        }
        if (stars > MAX_STARS) {
            throw new SyntaxException(
                    column, stars + " stars; at most " + MAX_STARS + " are allowed");
        }
        if (!in.accept(LineScanner.ARROW)) {
            throw new SyntaxException(in.column(), "expected -> after the glob");
        }
        column = in.column();
        if (in.isAtEnd()) {
            throw new SyntaxException(column, "expected the name to use instead");
        }
        String template = in.word();
        check(template, column, stars);
        OutcomeParser.end(in);
        return new NameRule(glob, template);
    }

    private static void check(String template, int column, int stars) throws SyntaxException {
        for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
            char number = at + 1 < template.length() ? template.charAt(at + 1) : 0;
            boolean isNumber = number >= '1' && number <= '0' + stars;
            if (!isNumber || !template.startsWith("}", at + 2)) {
                throw new SyntaxException(
                        column + at,
                        "unknown placeholder; expected the number of a star, as {1} for the first;"
                                + " the glob has "
                                + stars + (stars == 1 ? " star" : " stars"));
            }
        }
    }
}
