package io.corral.rules.threads;

import io.corral.rules.language.PathTemplate;
import io.corral.rules.language.RuleWarnings;
import io.corral.rules.language.UnusableValueException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.DefaultPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule for threads: conditions, and the container of matching threads in one hierarchy. */
public final class ThreadRule {

    /** The kinds of thread that a rule matches. */
    enum Kind {
        PLATFORM,
        VIRTUAL,
        ANY
    }

    /** What happens to a matching thread. */
    enum Outcome {
        /** The thread goes to the rule's container. */
        PLACE,
        /** The thread goes where its starter works, even if it is a pool's worker. */
        INHERIT,
        /** The thread is placed as if there were no rules. */
        IGNORE
    }

    private final String location;
    private final String hierarchy;
    private final Kind kind;
    private final List<Condition> conditions;
    private final Outcome outcome;
    private final @Nullable PathTemplate<ThreadMatch> template;

    /** Whether the container is a chosen place. */
    private final boolean isChosen;

    /** Whether the rule is applied again when a thread gives itself a name. */
    private final boolean isLate;

    private final RuleWarnings warnings;

    /** Whether it has placed a thread. */
    private volatile boolean isUsed;

    ThreadRule(
            String location,
            String hierarchy,
            Kind kind,
            List<Condition> conditions,
            Outcome outcome,
            @Nullable PathTemplate<ThreadMatch> template,
            boolean isChosen,
            boolean isLate) {
        this.isLate = isLate;
        this.location = location;
        this.hierarchy = hierarchy;
        this.kind = kind;
        this.conditions = List.copyOf(conditions);
        this.outcome = outcome;
        this.template = template;
        this.isChosen = isChosen;
        this.warnings = new RuleWarnings(location);
    }

    /** The file and line of the rule. */
    String location() {
        return location;
    }

    /** The name of the hierarchy, which need not exist before the rules are in force. */
    public String hierarchy() {
        return hierarchy;
    }

    /** Whether a thread that gives itself a name is placed again, where the rule has a path. */
    boolean placesLate() {
        return isLate && outcome == Outcome.PLACE;
    }

    /** Whether every thread matches, so that later rules are never reached. */
    public boolean matchesAll() {
        for (Condition condition : conditions) {
            if (!condition.alwaysHolds()) {
                return false;
            }
        }
        return kind == Kind.ANY && alwaysMatches();
    }

    /** Whether every matching thread can be placed. A placeholder may have no usable value. */
    public boolean alwaysMatches() {
        return template == null || template.isFixed();
    }

    /** The outcome as written in the file. */
    public String target() {
        return outcome + " " + template;
    }

    /** The conditions as written in the file. */
    public String conditions() {
        return kind + " " + conditions + (isLate ? " late" : "");
    }

    /** The thread with the captured parts if it matches, else null. */
    @Nullable ThreadMatch match(ThreadFacts thread) {
        if (kind != Kind.ANY && (kind == Kind.VIRTUAL) != thread.isVirtual()) {
            return null;
        }
        List<String> captures = new ArrayList<>();
        for (Condition condition : conditions) {
            if (!condition.holds(thread, captures)) {
                return null;
            }
        }
        return new ThreadMatch(thread, captures);
    }

    /**
     * The container of a matching thread, or null if a placeholder has no usable value.
     *
     * @param in the hierarchy of this rule
     * @param byDefault the place of the thread without rules
     */
    @Nullable ContainerNode container(HierarchyTree in, ThreadMatch match, DefaultPlace byDefault) {
        if (!isUsed) {
            isUsed = true;
        }
        if (outcome == Outcome.IGNORE) {
            return byDefault.decision().membership().container(in);
        }
        if (outcome == Outcome.INHERIT || template == null) {
            return byDefault.parent().container(in);
        }
        try {
            return template.container(in, match, isChosen, warnings);
        } catch (UnusableValueException unfit) {
            warnUnplaced(match.thread(), unfit.getMessage());
            return null;
        }
    }

    /** Whether a thread has matched it since it was put into force. */
    boolean isUsed() {
        return isUsed;
    }

    /** Whether all placeholders have usable values. */
    boolean fits(ThreadMatch match) {
        try {
            if (template != null) {
                template.resolve(match, isForMain());
            }
            return true;
        } catch (UnusableValueException unfit) {
            return false;
        }
    }

    private boolean isForMain() {
        return hierarchy.equals(Trees.MAIN.name());
    }

    /**
     * The outcome for the rules check: a path, {@code inherit}, {@code ignore}, or why there is
     * none.
     */
    String outcome(ThreadMatch match) {
        if (template == null) {
            return outcome == Outcome.INHERIT ? "inherit" : "ignore";
        }
        try {
            return "/" + String.join("/", template.resolve(match, isForMain()));
        } catch (UnusableValueException unfit) {
            return "not placed: " + unfit.getMessage();
        }
    }

    /**
     * The compiled form, which the runtime reads: line, kind, outcome and conditions.
     *
     * @throws IllegalArgumentException if the runtime has none for it
     */
    String compiled() {
        String path = template == null ? "" : template.toString();
        String named = "/{name}";
        String target;
        if (outcome == Outcome.INHERIT) {
            target = "inherit";
        } else if (path.equals("/{virtual}") && isChosen) {
            target = "{virtual}";
        } else if (path.endsWith(named) && path.indexOf('{') == path.length() - 6 && isChosen) {
            target = path.substring(1, path.length() - named.length());
        } else {
            throw new IllegalArgumentException(location + ": a default rule leads to inherit,"
                    + " to chosen /{virtual} or to a chosen path that ends with /{name}");
        }
        StringBuilder compiled = new StringBuilder(
                location.substring(location.lastIndexOf(':') + 1) + "\t" + kind + "\t" + target);
        for (Condition condition : conditions) {
            compiled.append('\t').append(condition.compiled());
        }
        return compiled.toString();
    }

    void warnUnplaced(ThreadFacts thread, @Nullable String why) {
        warnings.unplaced("thread " + RuleWarnings.quoted(thread.name()), why);
    }
}
