package io.corral.rules.threads;

import io.corral.rules.language.RegularExpression;
import io.corral.rules.language.RuleWarnings;
import io.corral.rules.language.UnusableValueException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.Condition;
import io.corral.runtime.placement.Outcome;
import io.corral.runtime.placement.OutcomeWithoutPath;
import io.corral.runtime.placement.PlacedThread;
import io.corral.runtime.placement.ThreadFacts;
import io.corral.runtime.placement.ThreadRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule of a file for threads, which decides in one hierarchy. */
public final class UserRule extends ThreadRule {

    private final String hierarchy;

    /** The conditions as written in the file. */
    private final String conditions;

    /** Whether the rule is applied again when a thread gives itself a name. */
    private final boolean isLate;

    private final RuleWarnings warnings;

    /** Whether it has placed a thread. */
    private volatile boolean isUsed;

    UserRule(
            String location,
            String text,
            String hierarchy,
            List<Condition> conditions,
            Outcome outcome,
            boolean isLate,
            RuleWarnings warnings) {
        super(location, text, conditions, outcome);
        this.hierarchy = hierarchy;
        this.conditions = conditions + (isLate ? " late" : "");
        this.isLate = isLate;
        this.warnings = warnings;
    }

    /** The name of the hierarchy, which need not exist before the rules are in force. */
    public String hierarchy() {
        return hierarchy;
    }

    /** Whether a thread that gives itself a name is placed again, where the rule has a path. */
    boolean placesLate() {
        return isLate && outcome() instanceof TemplateOutcome;
    }

    /** The outcome as written in the file. */
    public String target() {
        return outcome().toString();
    }

    /** The conditions as written in the file. */
    public String conditions() {
        return conditions;
    }

    /** The thread with the captured parts if it matches, else null. */
    @Nullable ThreadMatch match(ThreadFacts thread) {
        List<String> captures = new ArrayList<>();
        try {
            return matches(thread, captures) ? new ThreadMatch(thread, captures) : null;
        } catch (RegularExpression.TooCostlyException tooCostly) {
            warnings.unplaced(thread, tooCostly.getMessage());
            return null;
        } catch (StackOverflowError tooDeep) {
            warnings.unplaced(thread, "the expression needs too much stack");
            return null;
        }
    }

    /**
     * The container of a thread; null if the thread does not match, or if a placeholder has no
     * usable value.
     *
     * @param in the hierarchy of this rule
     */
    @Nullable ContainerNode container(HierarchyTree in, PlacedThread thread) {
        ThreadMatch match = match(thread);
        if (match == null) {
            return null;
        }
        if (!isUsed) {
            isUsed = true;
        }
        return outcome().container(in, thread, match.captures());
    }

    /** Whether a thread has matched it since it was put into force. */
    boolean isUsed() {
        return isUsed;
    }

    /** What the rule decides for a matching thread, for the rules check. */
    CheckedRule check(ThreadMatch match) {
        String outcome;
        boolean decides = true;
        if (outcome() instanceof TemplateOutcome path) {
            try {
                List<String> names =
                        path.template().resolve(match, hierarchy.equals(Trees.MAIN.name()));
                outcome = "/" + String.join("/", names);
            } catch (UnusableValueException unfit) {
                outcome = "not placed: " + unfit.getMessage();
                decides = false;
            }
        } else {
            outcome = outcome() == OutcomeWithoutPath.INHERIT ? "inherit" : "ignore";
        }
        return new CheckedRule(location(), hierarchy, outcome, decides);
    }

    /**
     * The compiled form, which the runtime reads: line, outcome and conditions.
     *
     * @throws IllegalArgumentException if the runtime has none for it
     */
    String compiled() {
        String target = outcome() instanceof TemplateOutcome path
                ? path.compiled()
                : outcome() == OutcomeWithoutPath.INHERIT ? OutcomeWithoutPath.INHERIT_WORD : null;
        if (target == null) {
            throw new IllegalArgumentException(location() + ": a default rule leads to inherit,"
                    + " to chosen /{virtual}, to chosen /{virtual}/{name} or to a chosen path that"
                    + " ends with /{name}");
        }
        return compiled(target);
    }
}
