package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code handover} rule: whether workers with matching names work for the submitters of tasks.
 */
final class HandOverRule {

    private final TextPattern workers;
    private final boolean handsOver;
    private final RuleWarnings warnings;

    private HandOverRule(String location, TextPattern workers, boolean handsOver) {
        this.workers = workers;
        this.handsOver = handsOver;
        this.warnings = new RuleWarnings(location);
    }

    /**
     * Parses a rule after its keyword.
     *
     * @param problems receives a problem of the pattern; the outcome is checked as well then
     * @return null if the pattern has a problem
     */
    static @Nullable HandOverRule parse(
            LineScanner in, String location, Consumer<SyntaxException> problems)
            throws SyntaxException {
        TextPattern workers = null;
        try {
            workers = TextPattern.read(in, "handover");
        } catch (SyntaxException wrong) {
            problems.accept(wrong);
            if (!in.skipBeforeOutcome()) {
                return null;
            }
        }
        boolean handsOver = outcome(in);
        return workers == null ? null : new HandOverRule(location, workers, handsOver);
    }

    private static boolean outcome(LineScanner in) throws SyntaxException {
        int column = in.column();
        if (!in.accept(LineScanner.ARROW)) {
            throw new SyntaxException(column, "no arrow; expected -> on or -> off");
        }
        column = in.column();
        String outcome = in.word();
        if (!outcome.equals("on") && !outcome.equals("off")) {
            throw new SyntaxException(
                    column, "unknown outcome \"" + outcome + "\"; expected on or off");
        }
        OutcomeParser.end(in);
        return outcome.equals("on");
    }

    boolean handsOver() {
        return handsOver;
    }

    boolean matches(String workerName) {
        try {
            return workers.matches(workerName, new ArrayList<>());
        } catch (TextPattern.PatternTooCostlyException | StackOverflowError tooCostly) {
            warnings.unplaced(
                    "worker " + RuleWarnings.quoted(workerName), "the expression takes too long");
            return false;
        }
    }

    boolean matchesAll() {
        return workers.matchesAll();
    }

    /** The pattern's text, by which rules are compared. */
    String workers() {
        return workers.toString();
    }
}
