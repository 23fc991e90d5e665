package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/** Switches hand-over on and off. Called by the wiring and for the agent's options. */
public final class HandOver {

    private HandOver() {}

    /** Initializes classes now, since a hook may have too little stack left for that. */
    public static void initialize() {
        PoolHomes.initialize();
        SubmissionTable.initialize();
        TaskScope.initialize();
        SubmitterStore.initialize();
        SubmitterRecord.initialize();
        VirtualWorkers.initialize();
        WaitingTasks.initialize();
    }

    /** Switches hand-over on or off, for tasks that are submitted from now on. */
    public static void switchTo(boolean on) {
        CurrentSubmitter.switchTo(on);
    }

    /** Sets the rules for tasks from now on; null for none. */
    public static void rules(@Nullable TaskRules rules) {
        CurrentSubmitter.rules(rules);
    }
}
