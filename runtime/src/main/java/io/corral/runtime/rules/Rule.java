package io.corral.runtime.rules;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a rules file: which threads it takes, and where these belong in its hierarchy. */
final class Rule {

    /** Which kinds of thread a rule takes. */
    enum Kind {
        PLATFORM,
        VIRTUAL,
        ANY
    }

    /** What becomes of a thread that a rule takes. */
    enum Outcome {
        /** It goes to the rule's container. */
        PLACE,
        /** It is where its parent works, also if it is a pool's worker. */
        INHERIT,
        /** As if there were no rules. */
        IGNORE
    }

    private final String location;
    private final String hierarchy;
    private final Kind kind;
    private final List<Condition> conditions;
    private final Outcome outcome;
    private final @Nullable PathTemplate<TakenThread> template;
    private final Complaints complaints;
    private final Outlet outlet;

    Rule(
            String location,
            String hierarchy,
            Kind kind,
            List<Condition> conditions,
            Outcome outcome,
            @Nullable PathTemplate<TakenThread> template) {
        this.location = location;
        this.hierarchy = hierarchy;
        this.kind = kind;
        this.conditions = List.copyOf(conditions);
        this.outcome = outcome;
        this.template = template;
        this.complaints = new Complaints(location);
        this.outlet = new Outlet(template, complaints);
    }

    /** Its file and line. */
    String location() {
        return location;
    }

    /** Its name: a file that is not in force makes none. */
    String hierarchy() {
        return hierarchy;
    }

    /** Whether it leaves no thread to a later rule. */
    boolean takesAll() {
        for (Condition condition : conditions) {
            if (!condition.holdsAlways()) {
                return false;
            }
        }
        return kind == Kind.ANY && alwaysFits();
    }

    /** Whether it leaves none of the threads that it takes to a later rule: a placeholder may not fit. */
    boolean alwaysFits() {
        return template == null || template.isFixed();
    }

    /** What becomes of the threads, as it stands in the file. */
    String target() {
        return outcome + " " + template;
    }

    /** The conditions, as they stand in the file. */
    String conditions() {
        return kind + " " + conditions;
    }

    /** The thread with what was captured if this takes it, else null. */
    @Nullable TakenThread take(ThreadFacts thread) {
        if (kind != Kind.ANY && (kind == Kind.VIRTUAL) != thread.isVirtual()) {
            return null;
        }
        List<String> captures = new ArrayList<>();
        for (Condition condition : conditions) {
            if (!condition.holds(thread, captures)) {
                return null;
            }
        }
        return new TakenThread(thread, captures);
    }

    /**
     * Where the thread belongs that this has taken, or null if what was captured does not fit.
     *
     * @param in this rule's hierarchy
     * @param byDefault where it would be without rules
     */
    @Nullable ContainerNode container(
            HierarchyTree in, TakenThread taken, Membership parent, Membership byDefault) {
        if (outcome == Outcome.IGNORE) {
            return byDefault.container(in);
        }
        if (outcome == Outcome.INHERIT || template == null) {
            return parent.container(in);
        }
        try {
            return template.container(in, taken, complaints);
        } catch (PathTemplate.UnfitException unfit) {
            complain(taken.thread(), unfit.getMessage());
            return null;
        }
    }

    Outlet outlet() {
        return outlet;
    }

    /** Whether what was captured fits. */
    boolean fits(TakenThread taken) {
        try {
            if (template != null) {
                template.resolve(taken, isForMain());
            }
            return true;
        } catch (PathTemplate.UnfitException unfit) {
            return false;
        }
    }

    private boolean isForMain() {
        return hierarchy.equals(Trees.MAIN.name());
    }

    /** In words, for who tries a file: a path, {@code inherit} or {@code ignore}, or what is wrong. */
    String outcome(TakenThread taken) {
        if (template == null) {
            return outcome == Outcome.INHERIT ? "inherit" : "ignore";
        }
        try {
            return "/" + String.join("/", template.resolve(taken, isForMain()));
        } catch (PathTemplate.UnfitException unfit) {
            return "not placed: " + unfit.getMessage();
        }
    }

    void complain(ThreadFacts thread, @Nullable String why) {
        complaints.unfit("thread " + Complaints.quoted(thread.name()), why);
    }
}
