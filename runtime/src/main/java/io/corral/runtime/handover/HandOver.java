package io.corral.runtime.handover;

import io.corral.runtime.jdk.Key;

import org.jspecify.annotations.Nullable;

/** The switches of hand-over that the wiring and the agent's options set. */
public final class HandOver {

    private HandOver() {}

    /** Initializes classes: later, a hook may have too little stack left for that. */
    public static void initialize() {
        SubmittedTasks.initialize();
        TaskScope.initialize();
        TaskSubmitters.initialize();
        TimedSubmitter.initialize();
        VirtualWorkers.initialize();
    }

    /** Whether tasks that are submitted from now on keep their submitter's container. */
    public static void switchTo(boolean on, Key key) {
        Key.check(key);
        Submitter.switchTo(on);
    }

    /** Sets the rules for tasks from now on; null for none. */
    public static void rules(@Nullable TaskRules rules, Key key) {
        Key.check(key);
        Submitter.rules(rules);
    }
}
