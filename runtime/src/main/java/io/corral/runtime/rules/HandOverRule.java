package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One line of a rules file: whether workers of a name work for who handed a task over. */
final class HandOverRule {

    private final TextPattern workers;
    private final boolean handsOver;
    private final Complaints complaints;

    private HandOverRule(String location, TextPattern workers, boolean handsOver) {
        this.workers = workers;
        this.handsOver = handsOver;
        this.complaints = new Complaints(location);
    }

    /**
     * Reads what stands behind {@code handover}.
     *
     * @param problems for what is wrong with the pattern, though the outcome is looked at still
     * @return null if something was wrong with the pattern
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
        Outcomes.end(in);
        return outcome.equals("on");
    }

    boolean handsOver() {
        return handsOver;
    }

    boolean takes(String workerName) {
        try {
            return workers.matches(workerName, new ArrayList<>());
        } catch (TextPattern.TooHardException | StackOverflowError tooHard) {
            complaints.unfit(
                    "worker " + Complaints.quoted(workerName), "the expression takes too long");
            return false;
        }
    }

    boolean takesAll() {
        return workers.matchesAll();
    }

    /** Tells it from others. */
    String workers() {
        return workers.toString();
    }
}
