package io.corral.runtime.hook;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.notice.HookFailures;

/** Whether the hooks act. They are woven before they are switched on, and inert until then. */
public final class Hooks {

    static volatile boolean on;

    private Hooks() {}

    public static void switchOn() {
        // What a hook would use first on an exhausted stack: a failed initialization is for good.
        HookFailures.initialize();
        Totals.initialize();
        FirstVirtualThread.initialize();
        VirtualSelfCheck.initialize();
        on = true;
    }

    public static void switchOff() {
        on = false;
    }
}
