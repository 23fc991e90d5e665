package io.corral.rules.limits;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitRules;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.placement.ThreadRules;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code limit} lines of a file in order. For each control, the first line decides that matches
 * a container and names the control. Immutable but for what has matched.
 */
public final class LimitRuleList implements LimitRules {

    private final LimitRule[] rules;

    public LimitRuleList(List<LimitRule> rules) {
        this.rules = rules.toArray(new LimitRule[0]);
    }

    public int size() {
        return rules.length;
    }

    @Override
    public LimitSettings settings(ContainerNode container) {
        LimitSettings settings = LimitSettings.NONE;
        for (LimitRule rule : rules) {
            if (rule.matches(container)) {
                settings = settings.orElse(rule.settings());
            }
        }
        return settings;
    }

    @Override
    public boolean haveFair() {
        for (LimitRule rule : rules) {
            if (rule.settings().enforceFair()) {
                return true;
            }
        }
        return false;
    }

    /**
     * As {@link #settings(ContainerNode)}, for a container that need not exist.
     *
     * @param path the names from the root on
     */
    public LimitSettings settings(String hierarchy, String[] path) {
        LimitSettings settings = LimitSettings.NONE;
        for (LimitRule rule : rules) {
            if (rule.pattern().matches(hierarchy, path)) {
                settings = settings.orElse(rule.settings());
            }
        }
        return settings;
    }

    /** Lines that have no effect. Code may give them one, so they are no errors. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!divideByWeight()) {
            for (LimitRule rule : rules) {
                if (rule.settings().weight() != null) {
                    warnings.add(rule.location() + ": this weight has no effect, since no line says"
                            + " fair or requests.max; weights divide what these give");
                }
            }
        }
        return warnings;
    }

    /** Whether a line has a control that gives each container a part by its weight. */
    private boolean divideByWeight() {
        for (LimitRule rule : rules) {
            if (rule.settings().fair() != null || rule.settings().requestsMax() != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * The lines that no container has matched. A container's limits may not have been needed yet,
     * so this looks at all containers.
     */
    public List<ThreadRules.Unmatched> unmatched() {
        List<ThreadRules.Unmatched> unmatched = new ArrayList<>();
        for (LimitRule rule : rules) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                matchBelow(rule, hierarchy.root());
            }
            ThreadRules.Unmatched without = rule.unmatched();
            if (without != null) {
                unmatched.add(without);
            }
        }
        return unmatched;
    }

    private static void matchBelow(LimitRule rule, ContainerNode node) {
        for (ContainerNode child : node.childNodes()) {
            if (rule.isUsed() || rule.matches(child)) {
                return;
            }
            matchBelow(rule, child);
        }
    }
}
