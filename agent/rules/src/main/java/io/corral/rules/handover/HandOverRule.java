package io.corral.rules.handover;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.RegularExpression;
import io.corral.rules.language.RuleWarnings;
import io.corral.runtime.placement.TextPattern;
import io.corral.runtime.placement.ThreadRules;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code handover} rule: whether workers with matching names work for the submitters of tasks, or
 * whether tasks of classes with matching names are handed over.
 */
public final class HandOverRule {

    private static final String TASK = "task";

    private final String location;
    private final TextPattern pattern;
    private final boolean isForTasks;
    private final boolean handsOver;
    private final RuleWarnings warnings;

    /** Whether a worker or a task has matched. */
    private volatile boolean isUsed;

    private HandOverRule(
            String location, TextPattern pattern, boolean isForTasks, boolean handsOver) {
        this.location = location;
        this.pattern = pattern;
        this.isForTasks = isForTasks;
        this.handsOver = handsOver;
        this.warnings = new RuleWarnings(location);
    }

    /**
     * Parses a rule after its keyword.
     *
     * @param errors receives an error of the pattern; then the outcome is checked nevertheless
     * @return null if the pattern has an error
     */
    public static @Nullable HandOverRule parse(
            LineScanner in, String location, Consumer<SyntaxException> errors)
            throws SyntaxException {
        boolean isForTasks = in.accept(TASK);
        TextPattern pattern = null;
        try {
            pattern = in.pattern(isForTasks ? TASK : "handover");
        } catch (SyntaxException wrong) {
            errors.accept(wrong);
            if (!in.skipBeforeOutcome()) {
                return null;
            }
        }
        boolean handsOver = outcome(in);
        return pattern == null ? null : new HandOverRule(location, pattern, isForTasks, handsOver);
    }

    private static boolean outcome(LineScanner in) throws SyntaxException {
        int column = in.column();
        if (!in.accept(LineScanner.ARROW)) {
            throw new SyntaxException(
                    column,
                    "expected -> on or -> off; a pattern with a space stands in quotation marks");
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

    /** Whether the first rule that matches a name says off. */
    public static boolean isOffFor(HandOverRule[] rules, String name) {
        for (HandOverRule rule : rules) {
            if (rule.matches(name)) {
                return !rule.handsOver;
            }
        }
        return false;
    }

    /** Whether the pattern is for the names of tasks' classes, not for those of workers. */
    public boolean isForTasks() {
        return isForTasks;
    }

    boolean matches(String name) {
        try {
            boolean matches = pattern.matches(name, null);
            if (matches && !isUsed) {
                isUsed = true;
            }
            return matches;
        } catch (RegularExpression.TooCostlyException | StackOverflowError tooCostly) {
            warnings.unplaced(
                    (isForTasks ? "task " : "worker ") + RuleWarnings.quoted(name),
                    "the expression takes too long");
            return false;
        }
    }

    /** Null if a worker or a task has matched. */
    public ThreadRules.@Nullable Unmatched unmatched() {
        return isUsed
                ? null
                : new ThreadRules.Unmatched(
                        location, "no " + (isForTasks ? "task" : "worker") + " has matched");
    }

    public boolean matchesAll() {
        return pattern.matchesAll();
    }

    /** Which workers or tasks, by which rules are compared. */
    public String subjects() {
        return (isForTasks ? "task " : "worker ") + pattern;
    }
}
