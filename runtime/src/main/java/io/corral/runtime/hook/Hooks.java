package io.corral.runtime.hook;

import io.corral.runtime.notice.HookFailures;

/** Whether the hooks act. They are woven before they are switched on, and inert until then. */
public final class Hooks {

    static volatile boolean on;

    /**
     * Whether the agent came when the JVM had run, so that there may be virtual threads that no hook has seen made or
     * started. Written before {@link #on}.
     */
    static boolean late;

    private Hooks() {}

    /** @param late whether the JVM has run without us */
    public static void switchOn(boolean late) {
        // What a hook would use first on an exhausted stack: a failed initialization is for good.
        HookFailures.initialize();
        VirtualSelfCheck.initialize();
        Hooks.late = late;
        on = true;
    }

    public static void switchOff() {
        on = false;
    }
}
