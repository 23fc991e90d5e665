package io.corral.runtime.rules;

import io.corral.runtime.handover.TaskRules;

/** The rules for tasks by their class, which are asked once a class. */
final class TasksOff extends ClassValue<Boolean> implements TaskRules {

    private final HandOverRule[] rules;

    TasksOff(HandOverRule[] rules) {
        this.rules = rules;
    }

    @Override
    protected Boolean computeValue(Class<?> task) {
        return HandOverRule.areOff(rules, task.getName());
    }

    @Override
    public boolean keep(Class<?> task) {
        return get(task);
    }
}
