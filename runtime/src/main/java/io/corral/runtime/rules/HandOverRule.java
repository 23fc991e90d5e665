package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;

/** One line of a rules file: whether workers of a name work for who handed a task over. */
final class HandOverRule {

    private final String location;
    private final TextPattern workers;
    private final boolean handsOver;

    private HandOverRule(String location, TextPattern workers, boolean handsOver) {
        this.location = location;
        this.workers = workers;
        this.handsOver = handsOver;
    }

    /** Reads what stands behind {@code handover}. */
    static HandOverRule parse(LineScanner in, String location) throws SyntaxException {
        TextPattern workers = TextPattern.read(in, "handover");
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
        return new HandOverRule(location, workers, outcome.equals("on"));
    }

    String location() {
        return location;
    }

    boolean handsOver() {
        return handsOver;
    }

    /** @throws TextPattern.TooHardException if that takes too long to tell */
    boolean takes(String workerName) {
        return workers.matches(workerName, new ArrayList<>());
    }

    /** Tells it from others. */
    String workers() {
        return workers.toString();
    }
}
