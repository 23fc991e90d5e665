package io.corral.runtime.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule for threads: conditions, and where a thread goes that fulfils all of them. */
public class ThreadRule {

    private final String location;

    /** The line in the file. */
    final int line;

    private final String source;
    private final Condition[] conditions;
    private final Outcome outcome;

    /**
     * @param location the file, a colon and the line
     * @param text the rule as written in the file
     */
    public ThreadRule(String location, String text, List<Condition> conditions, Outcome outcome) {
        this.location = location;
        this.source = location + ": " + text;
        this.line = Integer.parseInt(location.substring(location.lastIndexOf(':') + 1));
        this.conditions = conditions.toArray(new Condition[0]);
        this.outcome = outcome;
    }

    /** The file and line of the rule. */
    public final String location() {
        return location;
    }

    /**
     * The file, the line and the rule as written there. So who reads it needs no file, which may
     * have changed since.
     */
    public final String source() {
        return source;
    }

    public final Outcome outcome() {
        return outcome;
    }

    /**
     * Whether a thread fulfils all conditions.
     *
     * @param captures receives the captured parts on a match; null if the outcome needs none
     */
    public final boolean matches(ThreadFacts thread, @Nullable List<String> captures) {
        for (Condition condition : conditions) {
            if (!condition.holds(thread, captures)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every thread matches. */
    public final boolean matchesAll() {
        for (Condition condition : conditions) {
            if (!condition.alwaysHolds()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The form in which the default rules are compiled.
     *
     * @param outcome the compiled outcome
     * @throws IllegalArgumentException if a condition has none
     */
    protected final String compiled(String outcome) {
        StringBuilder compiled = new StringBuilder(line + "\t" + outcome);
        for (Condition condition : conditions) {
            compiled.append('\t').append(condition.compiled());
        }
        return compiled.toString();
    }

    /**
     * Whether the rule has a condition about the starter. If not, a thread that matches a default
     * rule does not inherit in any hierarchy.
     */
    boolean asksForStarter() {
        for (Condition condition : conditions) {
            if (condition.asksForStarter()) {
                return true;
            }
        }
        return false;
    }

    boolean mayMatchVirtual() {
        for (Condition condition : conditions) {
            if (!condition.mayHoldForVirtual()) {
                return false;
            }
        }
        return true;
    }

    boolean mayMatchPlatform() {
        for (Condition condition : conditions) {
            if (!condition.mayHoldForPlatform()) {
                return false;
            }
        }
        return true;
    }

    /** The condition, if it is the only one; else null. */
    @Nullable Condition onlyCondition() {
        return conditions.length == 1 ? conditions[0] : null;
    }
}
