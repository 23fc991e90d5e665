package io.corral.rules.threads;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.RuleWarnings;
import io.corral.runtime.placement.Condition;
import io.corral.runtime.placement.Glob;
import io.corral.runtime.placement.Outcome;
import io.corral.runtime.placement.OutcomeWithoutPath;
import io.corral.runtime.placement.ThreadProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses a rule for threads: conditions and an outcome. */
public final class ThreadRuleParser {

    private static final String WORDS =
            "thread, class, task, group, loader, origin, starter, pool, kind, late";

    private static final String CONDITIONS = WORDS + " or ->";
    private static final String BEGINNINGS = WORDS + ", ->, name, enter, handover or limit";
    private static final String OUTCOMES = "a path that begins with '/', inherit or ignore";

    /** The word of a rule that is applied again when a thread gives itself a name. */
    private static final String LATE = "late";

    /** The word before the path of a chosen place. */
    private static final String CHOSEN = "chosen";

    /** The number of captured parts that is assumed if a condition could not be parsed. */
    private static final int ANY_NUMBER = 99;

    private final LineScanner in;
    private final String location;
    private final Consumer<SyntaxException> errors;
    private final List<Condition> conditions = new ArrayList<>();

    /** Whether the word {@code kind} was read. */
    private boolean hasKind;

    /** Null for both kinds. */
    private @Nullable Condition kind;

    private boolean isLate;

    /**
     * @param errors receives an error of the conditions; then the outcome is checked nevertheless
     */
    public ThreadRuleParser(LineScanner in, String location, Consumer<SyntaxException> errors) {
        this.in = in;
        this.location = location;
        this.errors = errors;
    }

    /** Whether the next word begins a rule for threads. */
    public static boolean isNext(LineScanner in) {
        String word = in.peek();
        return in.isAtArrow() || word.equals(LATE) || ThreadProperty.of(word) != null;
    }

    /** @return null if the conditions have an error */
    public @Nullable UserRule parse() throws SyntaxException {
        try {
            conditions();
        } catch (SyntaxException wrong) {
            errors.accept(wrong);
            if (in.skipBeforeOutcome() && in.accept(LineScanner.ARROW)) {
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
            ThreadProperty property = ThreadProperty.of(word);
            boolean isAfterGlob = isGlob;
            if (isAfterGlob && property == ThreadProperty.POOL) {
                throw new SyntaxException(
                        column,
                        "\"pool\" after a pattern without quotation marks; a pattern with a space"
                                + " stands in quotation marks, and the condition pool before the"
                                + " pattern");
            }
            boolean hasPattern = property != null && property.hasPattern();
            isGlob = hasPattern && !in.isAtQuote() && !in.isAtRegex();
            if (property != null && hasPattern) {
                conditions.add(condition(property));
            } else if (property == ThreadProperty.POOL) {
                conditions.add(Condition.has(property));
            } else if (word.equals(LATE)) {
                isLate = true;
            } else if (property == ThreadProperty.KIND) {
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

    private Condition condition(ThreadProperty property) throws SyntaxException {
        return property == ThreadProperty.STARTER && in.accept(CHOSEN)
                ? Condition.has(ThreadProperty.CHOSEN)
                : Condition.of(property, in.pattern(property.word()));
    }

    /** Null for both kinds. */
    private @Nullable Condition kind(int begin) throws SyntaxException {
        if (hasKind) {
            throw new SyntaxException(begin, "a second kind; a rule has one at most");
        }
        int column = in.column();
        if (in.isAtEnd() || in.isAtArrow()) {
            throw new SyntaxException(column, "expected platform, virtual or any");
        }
        String word = in.word();
        hasKind = true;
        return switch (word) {
            case "platform", "virtual" -> Condition.of(ThreadProperty.KIND, new Glob(word));
            case "any" -> null;
            default ->
                throw new SyntaxException(
                        column,
                        "unknown thread kind \"" + word + "\"; expected platform, virtual or any");
        };
    }

    private UserRule outcome(int captures) throws SyntaxException {
        String hierarchy = OutcomeParser.hierarchy(in);
        boolean isChosen = in.accept(CHOSEN);
        int column = in.column();
        String word = in.word();
        OutcomeWithoutPath known = isChosen ? null : withoutPath(word);
        RuleWarnings warnings = new RuleWarnings(location);
        Outcome outcome = known != null
                ? known
                : new TemplateOutcome(
                        OutcomeParser.path(
                                word,
                                column,
                                hierarchy,
                                isChosen ? "a path that begins with '/'" : OUTCOMES,
                                new ThreadPlaceholders(captures)),
                        isChosen,
                        warnings);
        OutcomeParser.end(in);
        if (kind != null) {
            conditions.add(0, kind);
        }
        return new UserRule(
                location, in.skipped(), hierarchy, conditions, outcome, isLate, warnings);
    }

    private static @Nullable OutcomeWithoutPath withoutPath(String word) {
        return switch (word) {
            case "inherit" -> OutcomeWithoutPath.INHERIT;
            case "ignore" -> OutcomeWithoutPath.IGNORE;
            default -> null;
        };
    }
}
