package io.corral.runtime.rules;

import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.ThreadRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a file, in their order. Never changed. */
public final class RuleSet implements ThreadRules {

    private final Rule[] rules;

    /** Of each rule. */
    private final HierarchyTree[] hierarchies;

    private final List<EntryRule> entries;
    private final HandOverRule[] handOvers;

    /** Makes the hierarchies. */
    RuleSet(List<Rule> threads, List<EntryRule> entries, List<HandOverRule> handOvers) {
        this.rules = threads.toArray(new Rule[0]);
        this.entries = List.copyOf(entries);
        this.handOvers = handOvers.toArray(new HandOverRule[0]);
        for (EntryRule entry : this.entries) {
            entry.tree();
        }
        this.hierarchies = new HierarchyTree[this.rules.length];
        for (int i = 0; i < hierarchies.length; i++) {
            hierarchies[i] = Trees.hierarchy(this.rules[i].hierarchy());
        }
    }

    /** Of all kinds. */
    public int size() {
        return rules.length + entries.size() + handOvers.length;
    }

    /** Those for methods. */
    List<EntryRule> entries() {
        return entries;
    }

    @Override
    public boolean keepsTasks(Thread worker) {
        for (HandOverRule rule : handOvers) {
            if (rule.takes(worker.getName())) {
                return !rule.handsOver();
            }
        }
        return false;
    }

    @Override
    public Membership place(
            Thread thread,
            boolean virtual,
            Membership parent,
            Membership byDefault,
            @Nullable ContainerNode target) {
        ThreadFacts facts = new LiveThread(thread, virtual);
        ContainerNode[] found = new ContainerNode[rules.length + 1];
        Outlet[] finders = new Outlet[rules.length + 1];
        int count = 0;
        if (target != null) {
            finders[count] = Outlet.BY_CODE;
            found[count++] = target;
        }
        for (int i = 0; i < rules.length; i++) {
            HierarchyTree hierarchy = hierarchies[i];
            TakenThread taken = hierarchy.hasOneOf(found, count) ? null : take(rules[i], facts);
            ContainerNode next =
                    taken == null ? null : rules[i].container(hierarchy, taken, parent, byDefault);
            if (next != null) {
                finders[count] = rules[i].outlet();
                found[count++] = next;
            }
        }
        boolean hasRoom =
                !Combinations.areMany() || Outlet.makeRoom(byDefault, found, finders, count);
        if (hasRoom) {
            return byDefault.moveTo(found, count);
        }
        return target == null ? byDefault : byDefault.moveTo(target);
    }

    private static @Nullable TakenThread take(Rule rule, ThreadFacts thread) {
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
        for (int i = 0; i < rules.length; i++) {
            TakenThread taken = hierarchies[i] == Trees.MAIN ? take(rules[i], facts) : null;
            if (taken != null && rules[i].fits(taken)) {
                return rules[i].location();
            }
        }
        return null;
    }

    /** For who tries a file: in each hierarchy the rules that take a thread, up to the first that can place it. */
    public List<Decision> decisions(ThreadFacts thread) {
        List<Decision> decisions = new ArrayList<>();
        List<String> decided = new ArrayList<>();
        for (Rule rule : rules) {
            TakenThread taken = decided.contains(rule.hierarchy()) ? null : take(rule, thread);
            if (taken != null) {
                boolean decides = rule.fits(taken);
                if (decides) {
                    decided.add(rule.hierarchy());
                }
                decisions.add(new Decision(
                        rule.location(), rule.hierarchy(), rule.outcome(taken), decides));
            }
        }
        return decisions;
    }

    /**
     * What becomes of a thread in a hierarchy.
     *
     * @param rule its file and line
     * @param outcome a path, {@code inherit} or {@code ignore}, or what is wrong
     * @param decides false if that is wrong, so that it is as if the rule were not there
     */
    public record Decision(String rule, String hierarchy, String outcome, boolean decides) {}
}
