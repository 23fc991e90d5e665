package io.corral.rules.threads;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.hook.NameHook;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.placement.Decision;
import io.corral.runtime.placement.PlacedThread;
import io.corral.runtime.placement.ThreadFacts;
import io.corral.runtime.placement.ThreadRules.Unmatched;
import io.corral.runtime.thread.Attach;
import io.corral.runtime.thread.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for threads, in order. In each hierarchy the first one that matches decides. */
public final class ThreadRuleList implements NameHook.LateRules {

    /** The number of attempts if a container is removed concurrently. */
    private static final int MAX_ATTEMPTS = 8;

    private final UserRule[] rules;

    /** The hierarchy of each rule. */
    private final HierarchyTree[] hierarchies;

    /** Creates the hierarchies that the rules name. */
    public ThreadRuleList(List<UserRule> rules) {
        this.rules = rules.toArray(new UserRule[0]);
        this.hierarchies = new HierarchyTree[this.rules.length];
        for (int i = 0; i < hierarchies.length; i++) {
            hierarchies[i] = Trees.hierarchy(this.rules[i].hierarchy());
        }
    }

    public int size() {
        return rules.length;
    }

    /** See {@link io.corral.runtime.placement.ThreadRules#place}. */
    public Decision place(PlacedThread thread, @Nullable ContainerNode target) {
        ContainerNode[] found = new ContainerNode[rules.length + 1];
        int count = 0;
        String decisive = null;
        if (target != null) {
            found[count++] = target;
        }
        for (int i = 0; i < rules.length; i++) {
            HierarchyTree hierarchy = hierarchies[i];
            ContainerNode next =
                    hierarchy.hasOneOf(found, count) ? null : rules[i].container(hierarchy, thread);
            if (next != null) {
                found[count++] = next;
                decisive = hierarchy == Trees.MAIN ? rules[i].source() : decisive;
            }
        }
        Decision otherwise = Trees.MAIN.hasOneOf(found, count)
                ? Decision.of(thread.elsewhere(), Decision.EXPLICIT)
                : thread.decision();
        return Decision.of(
                moved(otherwise.membership(), found, count),
                decisive == null ? otherwise.rule() : decisive);
    }

    /** Makes those again that have given way meanwhile: a move would lead to their parents. */
    private static Membership moved(Membership from, ContainerNode[] found, int count) {
        for (int attempt = 0; ; attempt++) {
            Membership moved = from.moveTo(found, count);
            boolean areLive = true;
            for (int i = 0; i < count; i++) {
                ContainerNode again = found[i].again();
                areLive &= again == found[i];
                found[i] = again;
            }
            if (areLive || attempt == MAX_ATTEMPTS) {
                return moved;
            }
        }
    }

    /** Whether a rule places threads that give themselves a name. */
    public boolean placeLate() {
        for (UserRule rule : rules) {
            if (rule.placesLate()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void named(Thread thread, Member member) {
        Membership home = member.homeOrRoot();
        PlacedThread now = new PlacedThread(thread, member.isVirtual(), home, true);
        ContainerNode[] found = new ContainerNode[rules.length];
        int count = 0;
        for (int i = 0; i < rules.length; i++) {
            boolean isAsked = rules[i].placesLate() && !hierarchies[i].hasOneOf(found, count);
            ContainerNode next = isAsked ? rules[i].container(hierarchies[i], now) : null;
            if (next != null) {
                found[count++] = next;
            }
        }
        for (int i = 0; i < count; i++) {
            attach(thread, found[i]);
        }
    }

    private static void attach(Thread thread, ContainerNode container) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                Attach.move(thread, container.again());
                return;
            } catch (ContainerRemovedException meanwhile) {
                // Try again: if it has given way, it is made again.
            }
        }
    }

    /** The rules that have matched no thread. */
    public List<Unmatched> unmatched() {
        List<Unmatched> unmatched = new ArrayList<>();
        for (UserRule rule : rules) {
            if (!rule.isUsed()) {
                unmatched.add(new Unmatched(rule.location(), "no thread has matched"));
            }
        }
        return unmatched;
    }

    /** One line for each rule; the form that the runtime reads. */
    public String compiled() {
        StringBuilder compiled = new StringBuilder();
        for (UserRule rule : rules) {
            compiled.append(rule.compiled()).append('\n');
        }
        return compiled.toString();
    }

    /**
     * For the command {@code rules check}: the rules of each hierarchy that match a thread, up to
     * the first one that can place it.
     */
    public List<CheckedRule> decisions(ThreadFacts thread) {
        List<CheckedRule> decisions = new ArrayList<>();
        List<String> decided = new ArrayList<>();
        for (UserRule rule : rules) {
            ThreadMatch match = decided.contains(rule.hierarchy()) ? null : rule.match(thread);
            if (match != null) {
                CheckedRule checked = rule.check(match);
                if (checked.decides()) {
                    decided.add(rule.hierarchy());
                }
                decisions.add(checked);
            }
        }
        return decisions;
    }
}
