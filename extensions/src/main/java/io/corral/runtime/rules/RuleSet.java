package io.corral.runtime.rules;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.handover.ItemEnd;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.hook.NameHook;
import io.corral.runtime.placement.Decision;
import io.corral.runtime.placement.DefaultPlace;
import io.corral.runtime.placement.NameRule;
import io.corral.runtime.placement.ThreadRules;
import io.corral.runtime.thread.Attach;
import io.corral.runtime.thread.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of a file, in order. Immutable. */
public final class RuleSet implements ThreadRules, NameHook.LateRules {

    private final Rule[] rules;

    /** The hierarchy of each rule. */
    private final HierarchyTree[] hierarchies;

    private final List<EntryRule> entries;
    private final HandOverRule[] workers;
    private final HandOverRule[] tasks;
    private final List<ItemRule> items;
    private final NameRule[] names;

    /** Creates the hierarchies that the rules name. */
    RuleSet(
            List<Rule> threads,
            List<EntryRule> entries,
            List<HandOverRule> handOvers,
            List<ItemRule> items,
            List<NameRule> names) {
        this.rules = threads.toArray(new Rule[0]);
        this.entries = List.copyOf(entries);
        this.workers = handOvers(handOvers, false);
        this.tasks = handOvers(handOvers, true);
        this.items = List.copyOf(items);
        this.names = names.toArray(new NameRule[0]);
        for (EntryRule entry : this.entries) {
            entry.tree();
        }
        this.hierarchies = new HierarchyTree[this.rules.length];
        for (int i = 0; i < hierarchies.length; i++) {
            hierarchies[i] = Trees.hierarchy(this.rules[i].hierarchy());
        }
    }

    private static HandOverRule[] handOvers(List<HandOverRule> all, boolean forTasks) {
        List<HandOverRule> some = new ArrayList<>();
        for (HandOverRule rule : all) {
            if (rule.isForTasks() == forTasks) {
                some.add(rule);
            }
        }
        return some.toArray(new HandOverRule[0]);
    }

    /** The number of rules of all kinds. */
    public int size() {
        return rules.length
                + entries.size()
                + workers.length
                + tasks.length
                + items.size()
                + names.length;
    }

    /** The rules for executors with a queue of their own. */
    List<ItemRule> items() {
        return items;
    }

    /** The rules for methods. */
    List<EntryRule> entries() {
        return entries;
    }

    @Override
    public boolean keepsTasks(Thread worker) {
        return HandOverRule.areOff(workers, worker.getName());
    }

    @Override
    public List<Unmatched> unmatched() {
        List<Unmatched> unmatched = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.isUsed()) {
                unmatched.add(new Unmatched(rule.location(), "no thread has matched"));
            }
        }
        for (EntryRule rule : entries) {
            add(rule.unmatched(), unmatched);
        }
        for (HandOverRule rule : workers) {
            add(rule.unmatched(), unmatched);
        }
        for (HandOverRule rule : tasks) {
            add(rule.unmatched(), unmatched);
        }
        for (ItemRule rule : items) {
            add(rule.unmatched(), unmatched);
        }
        return unmatched;
    }

    private static void add(@Nullable Unmatched rule, List<Unmatched> to) {
        if (rule != null) {
            to.add(rule);
        }
    }

    /** Puts the rules into force that do not apply at a thread's start. */
    void enforceOthers() {
        NameHook.rules(placesLate() ? this : null);
        HandOver.rules(tasks.length == 0 ? null : new TaskClassRules(tasks));
        List<ItemEnd> ends = new ArrayList<>();
        Set<String> off = new TreeSet<>();
        for (ItemRule item : items) {
            ends.addAll(item.ends());
            if (item.ends().isEmpty()) {
                off.add(item.className());
            }
        }
        ItemRules.replace(ends, off);
    }

    private boolean placesLate() {
        for (Rule rule : rules) {
            if (rule.placesLate()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void named(Thread thread, Member member) {
        Membership home = member.homeOrRoot();
        DefaultPlace now = new DefaultPlace(thread, member.isVirtual(), home, true);
        ThreadFacts facts = new LiveThread(now);
        ContainerNode[] found = new ContainerNode[rules.length];
        int count = 0;
        for (int i = 0; i < rules.length; i++) {
            boolean isAsked = rules[i].placesLate() && !hierarchies[i].hasOneOf(found, count);
            ThreadMatch match = isAsked ? match(rules[i], facts) : null;
            ContainerNode next =
                    match == null ? null : rules[i].container(hierarchies[i], match, now);
            if (next != null) {
                found[count++] = next;
            }
        }
        for (int i = 0; i < count; i++) {
            Attach.move(thread, found[i]);
        }
    }

    @Override
    public Decision place(DefaultPlace byDefault, @Nullable ContainerNode target) {
        ThreadFacts facts = new LiveThread(byDefault);
        ContainerNode[] found = new ContainerNode[rules.length + 1];
        int count = 0;
        String decisive = null;
        if (target != null) {
            found[count++] = target;
        }
        for (int i = 0; i < rules.length; i++) {
            HierarchyTree hierarchy = hierarchies[i];
            ThreadMatch match = hierarchy.hasOneOf(found, count) ? null : match(rules[i], facts);
            ContainerNode next =
                    match == null ? null : rules[i].container(hierarchy, match, byDefault);
            if (next != null) {
                found[count++] = next;
                decisive = hierarchy == Trees.MAIN ? rules[i].location() : decisive;
            }
        }
        Decision otherwise = Trees.MAIN.hasOneOf(found, count)
                ? Decision.of(byDefault.elsewhere(), Decision.EXPLICIT)
                : byDefault.decision();
        return Decision.of(
                otherwise.membership().moveTo(found, count),
                decisive == null ? otherwise.rule() : decisive);
    }

    @Override
    public NameRule[] names() {
        return names;
    }

    /**
     * The compiled form, which the runtime reads: one line for each rule.
     *
     * @throws IllegalArgumentException if the runtime has none for a rule
     */
    String compiled() {
        StringBuilder compiled = new StringBuilder();
        for (NameRule name : names) {
            compiled.append(name.compiled()).append('\n');
        }
        for (Rule rule : rules) {
            compiled.append(rule.compiled()).append('\n');
        }
        if (size() > rules.length + names.length) {
            throw new IllegalArgumentException("default rules are for threads");
        }
        compiled.setLength(Math.max(compiled.length() - 1, 0));
        return compiled.toString();
    }

    private static @Nullable ThreadMatch match(Rule rule, ThreadFacts thread) {
        try {
            return rule.match(thread);
        } catch (TextPattern.PatternTooCostlyException tooCostly) {
            rule.warnUnplaced(thread, tooCostly.getMessage());
            return null;
        } catch (StackOverflowError tooDeep) {
            rule.warnUnplaced(thread, "the expression needs too much stack");
            return null;
        }
    }

    /**
     * For the command {@code rules check}: the rules of each hierarchy that match a thread, up to
     * the first one that can place it.
     */
    public List<CheckedRule> decisions(ThreadFacts thread) {
        List<CheckedRule> decisions = new ArrayList<>();
        List<String> decided = new ArrayList<>();
        for (Rule rule : rules) {
            ThreadMatch match = decided.contains(rule.hierarchy()) ? null : match(rule, thread);
            if (match != null) {
                boolean decides = rule.fits(match);
                if (decides) {
                    decided.add(rule.hierarchy());
                }
                decisions.add(new CheckedRule(
                        rule.location(), rule.hierarchy(), rule.outcome(match), decides));
            }
        }
        return decisions;
    }

    /**
     * What a rule decides for a thread in its hierarchy.
     *
     * @param rule the file and line of the rule
     * @param outcome a path, {@code inherit}, {@code ignore}, or the problem
     * @param decides false if there is a problem, so that the rule is skipped
     */
    public record CheckedRule(String rule, String hierarchy, String outcome, boolean decides) {}
}
