package io.corral.rules.handover;

import io.corral.runtime.handover.TaskRules;

/** Applies the rules for classes of tasks. The result is cached by class. */
public final class TaskClassRules extends ClassValue<Boolean> implements TaskRules {

    private final HandOverRule[] rules;

    public TaskClassRules(HandOverRule[] rules) {
        this.rules = rules;
    }

    @Override
    protected Boolean computeValue(Class<?> task) {
        return HandOverRule.isOffFor(rules, task.getName());
    }

    @Override
    public boolean keep(Class<?> task) {
        return get(task);
    }
}
