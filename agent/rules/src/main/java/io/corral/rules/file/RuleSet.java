package io.corral.rules.file;

import io.corral.rules.handover.HandOverRule;
import io.corral.rules.handover.ItemRule;
import io.corral.rules.handover.TaskClassRules;
import io.corral.rules.limits.LimitRule;
import io.corral.rules.limits.LimitRuleList;
import io.corral.rules.methods.EntryRule;
import io.corral.rules.methods.HiddenRules;
import io.corral.rules.threads.CheckedRule;
import io.corral.rules.threads.ThreadRuleList;
import io.corral.rules.threads.UserRule;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.hook.NameHook;
import io.corral.runtime.placement.Decision;
import io.corral.runtime.placement.NameRule;
import io.corral.runtime.placement.PlacedThread;
import io.corral.runtime.placement.ThreadFacts;
import io.corral.runtime.placement.ThreadRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of a file, in order. Immutable. */
public final class RuleSet implements ThreadRules {

    private final ThreadRuleList threads;
    private final List<EntryRule> entries;
    private final HandOverRule[] workers;
    private final HandOverRule[] tasks;
    private final List<ItemRule> items;
    private final NameRule[] names;
    private final LimitRuleList limits;

    /** Creates the hierarchies that the rules name. */
    RuleSet(
            List<UserRule> threads,
            List<EntryRule> entries,
            List<HandOverRule> handOvers,
            List<ItemRule> items,
            List<NameRule> names,
            List<LimitRule> limits) {
        this.threads = new ThreadRuleList(threads);
        this.entries = List.copyOf(entries);
        this.workers = handOvers(handOvers, false);
        this.tasks = handOvers(handOvers, true);
        this.items = List.copyOf(items);
        this.names = names.toArray(new NameRule[0]);
        this.limits = new LimitRuleList(limits);
        for (EntryRule entry : this.entries) {
            entry.tree();
        }
    }

    /** What of the file has no effect, or another one than its author may expect. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(HiddenRules.warnings(entries));
        warnings.addAll(limits.warnings());
        return warnings;
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
        return threads.size()
                + entries.size()
                + workers.length
                + tasks.length
                + items.size()
                + names.length
                + limits.size();
    }

    /** The rules for executors with a queue of their own. */
    List<ItemRule> items() {
        return items;
    }

    /** The rules for methods. */
    public List<EntryRule> entries() {
        return entries;
    }

    /** The limits of containers. */
    public LimitRuleList limits() {
        return limits;
    }

    @Override
    public boolean chargesTasksToPool(Thread worker) {
        return HandOverRule.isOffFor(workers, worker.getName());
    }

    @Override
    public List<Unmatched> unmatched() {
        List<Unmatched> unmatched = new ArrayList<>(threads.unmatched());
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
        unmatched.addAll(limits.unmatched());
        return unmatched;
    }

    private static void add(@Nullable Unmatched rule, List<Unmatched> to) {
        if (rule != null) {
            to.add(rule);
        }
    }

    /** Puts the rules into force that do not apply at a thread's start. */
    void enforceOthers() {
        NameHook.rules(threads.placeLate() ? threads : null);
        HandOver.rules(tasks.length == 0 ? null : new TaskClassRules(tasks));
        List<ItemPoint> points = new ArrayList<>();
        Set<String> off = new TreeSet<>();
        for (ItemRule item : items) {
            points.addAll(item.points());
            if (item.points().isEmpty()) {
                off.add(item.className());
            }
        }
        ItemRules.replace(points, off);
        if (limits.size() > 0) {
            Control.rules(limits);
        } else if (LimitSwitch.isOn()) {
            Control.rules(null);
        }
    }

    @Override
    public Decision place(PlacedThread thread, @Nullable ContainerNode target) {
        return threads.place(thread, target);
    }

    /** For the command {@code rules check}; see {@link ThreadRuleList#decisions}. */
    public List<CheckedRule> decisions(ThreadFacts thread) {
        return threads.decisions(thread);
    }

    @Override
    public NameRule[] nameRules() {
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
        compiled.append(threads.compiled());
        if (size() > threads.size() + names.length) {
            throw new IllegalArgumentException("default rules are for threads");
        }
        compiled.setLength(Math.max(compiled.length() - 1, 0));
        return compiled.toString();
    }
}
