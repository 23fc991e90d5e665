package io.corral.rules.threads;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.PathTemplate;
import io.corral.rules.language.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses a rule for threads: conditions and an outcome. */
public final class ThreadRuleParser {

    private static final String WORDS =
            "thread, class, task, group, loader, origin, starter, pool, kind, late";

    private static final String CONDITIONS = WORDS + " or ->";
    private static final String BEGINNINGS = WORDS + ", ->, name, enter or handover";
    private static final String OUTCOMES = "a path that begins with '/', inherit or ignore";

    /** The word of a rule that is applied again when a thread gives itself a name. */
    private static final String LATE = "late";

    /** The word before the path of a chosen place. */
    private static final String CHOSEN = "chosen";

    /** The number of captured parts that is assumed if a condition could not be parsed. */
    private static final int ANY_NUMBER = 99;

    private final LineScanner in;
    private final String location;
    private final Consumer<SyntaxException> mistakes;
    private final List<Condition> conditions = new ArrayList<>();
    private ThreadRule.@Nullable Kind kind;
    private boolean isLate;

    /**
     * @param mistakes receives a mistake of the conditions; then the outcome is checked
     *     nevertheless
     */
    public ThreadRuleParser(LineScanner in, String location, Consumer<SyntaxException> mistakes) {
        this.in = in;
        this.location = location;
        this.mistakes = mistakes;
    }

    /** @return null if the conditions have a mistake */
    public @Nullable ThreadRule parse() throws SyntaxException {
        try {
            conditions();
        } catch (SyntaxException wrong) {
            mistakes.accept(wrong);
            if (in.skipToOutcome()) {
                outcome(ANY_NUMBER);
            }
            return null;
        }
        int captures = 0;
        for (Condition condition : conditions) {
            captures += condition.groups();
        }
        return outcome(captures);
    }

    private void conditions() throws SyntaxException {
        int beginning = in.column();
        boolean isGlob = false;
        while (true) {
            int column = in.column();
            String word = in.word();
            if (word.equals(LineScanner.ARROW)) {
                return;
            }
            Condition.Property property = Condition.Property.of(word);
            boolean isAfterGlob = isGlob;
            isGlob = property != null && !in.isAtQuote() && !in.isAtRegex();
            if (property != null) {
                conditions.add(condition(property, word));
            } else if (word.equals(Condition.POOL.toString())) {
                conditions.add(Condition.POOL);
            } else if (word.equals(LATE)) {
                isLate = true;
            } else if (word.equals("kind")) {
                kind = kind(column);
            } else {
                throw new SyntaxException(
                        column,
                        word.isEmpty()
                                ? "the rule is incomplete; expected " + CONDITIONS
                                : unknown(word, column == beginning, isAfterGlob));
            }
        }
    }

    private static String unknown(String word, boolean isFirst, boolean isAfterGlob) {
        return "unknown condition \"" + word + '"'
                + (isAfterGlob ? "; a pattern with a space stands in quotation marks" : "")
                + "; expected " + (isFirst ? BEGINNINGS : CONDITIONS);
    }

    private Condition condition(Condition.Property property, String word) throws SyntaxException {
        if (property == Condition.Property.STARTER && in.accept(CHOSEN)) {
            return Condition.STARTER_CHOSEN;
        }
        TextPattern pattern = TextPattern.read(in, word);
        TextPattern withSubclasses =
                property == Condition.Property.CLASS ? pattern.withoutPlus() : null;
        return withSubclasses == null
                ? new Condition.OfText(property, pattern)
                : new Condition.OfSubclasses(withSubclasses);
    }

    private ThreadRule.Kind kind(int begin) throws SyntaxException {
        if (kind != null) {
            throw new SyntaxException(begin, "a second kind; a rule has one at most");
        }
        int column = in.column();
        if (in.isAtEnd() || in.isAtArrow()) {
            throw new SyntaxException(column, "expected platform, virtual or any");
        }
        String word = in.word();
        for (ThreadRule.Kind kind : ThreadRule.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new SyntaxException(
                column, "unknown thread kind \"" + word + "\"; expected platform, virtual or any");
    }

    private ThreadRule outcome(int captures) throws SyntaxException {
        String hierarchy = OutcomeParser.hierarchy(in);
        boolean isChosen = in.accept(CHOSEN);
        int column = in.column();
        String word = in.word();
        ThreadRule.Outcome outcome = isChosen ? ThreadRule.Outcome.PLACE : outcome(word);
        PathTemplate<ThreadMatch> template = outcome == ThreadRule.Outcome.PLACE
                ? OutcomeParser.path(
                        word,
                        column,
                        hierarchy,
                        isChosen ? "a path that begins with '/'" : OUTCOMES,
                        new ThreadPlaceholders(captures))
                : null;
        OutcomeParser.end(in);
        ThreadRule.Kind wanted = kind == null ? ThreadRule.Kind.ANY : kind;
        return new ThreadRule(
                location, hierarchy, wanted, conditions, outcome, template, isChosen, isLate);
    }

    private static ThreadRule.Outcome outcome(String word) {
        return switch (word) {
            case "inherit" -> ThreadRule.Outcome.INHERIT;
            case "ignore" -> ThreadRule.Outcome.IGNORE;
            default -> ThreadRule.Outcome.PLACE;
        };
    }
}
