package io.corral.runtime.rules;

import io.corral.runtime.membership.HierarchyTree;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Trees;
import io.corral.runtime.placement.ThreadRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a file, in their order. Never changed. */
public final class RuleSet implements ThreadRules {

    private final Rule[] rules;

    RuleSet(List<Rule> rules) {
        this.rules = rules.toArray(new Rule[0]);
    }

    public int size() {
        return rules.length;
    }

    @Override
    public Membership place(
            Thread thread, boolean virtual, Membership parent, Membership byDefault) {
        ThreadFacts facts = new LiveThread(thread, virtual);
        Membership place = byDefault;
        List<HierarchyTree> decided = new ArrayList<>(2);
        for (Rule rule : rules) {
            List<String> captures = decided.contains(rule.hierarchy()) ? null : take(rule, facts);
            if (captures != null) {
                decided.add(rule.hierarchy());
                place = rule.apply(facts, captures, parent, place);
            }
        }
        return place;
    }

    private static @Nullable List<String> take(Rule rule, ThreadFacts thread) {
        try {
            return rule.take(thread);
        } catch (TextPattern.TooHardException tooHard) {
            rule.complain(thread, tooHard.getMessage());
            return null;
        } catch (StackOverflowError tooDeep) {
            rule.complain(thread, "the expression needs too much stack");
            return null;
        }
    }

    @Override
    public @Nullable String decides(Thread thread, boolean virtual) {
        ThreadFacts facts = new LiveThread(thread, virtual);
        for (Rule rule : rules) {
            if (rule.hierarchy() == Trees.MAIN && take(rule, facts) != null) {
                return rule.location();
            }
        }
        return null;
    }

    /** For who tries a file: the rules that take a thread, the first in each hierarchy. */
    public List<Decision> decisions(ThreadFacts thread) {
        List<Decision> decisions = new ArrayList<>();
        List<HierarchyTree> decided = new ArrayList<>();
        for (Rule rule : rules) {
            List<String> captures = decided.contains(rule.hierarchy()) ? null : take(rule, thread);
            if (captures != null) {
                decided.add(rule.hierarchy());
                decisions.add(new Decision(
                        rule.location(), rule.hierarchy().name(), rule.outcome(thread, captures)));
            }
        }
        return decisions;
    }

    /**
     * What becomes of a thread in a hierarchy.
     *
     * @param rule its file and line
     * @param outcome a path, {@code inherit} or {@code ignore}
     */
    public record Decision(String rule, String hierarchy, String outcome) {}
}
