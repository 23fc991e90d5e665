package io.corral.runtime.hook;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.subsystem.ForkCallbacks;

/** Whether the hooks act. They are woven before they are switched on, and inert until then. */
public final class Hooks {

    public static volatile boolean on;

    private Hooks() {}

    public static void switchOn() {
        // What a hook would use first on an exhausted stack: a failed initialization is for good.
        HookFailures.initialize();
        Totals.initialize();
        initializeTreesOfMaps();
        FirstVirtualThread.initialize();
        PoolThreads.initialize();
        ForkCallbacks.initialize();
        VirtualSelfCheck.initialize();
        on = true;
    }

    /**
     * A map whose table can't grow at the bottom of a stack makes trees of its entries: the JDK's class for that would fail there
     * for good, for the application too.
     */
    private static void initializeTreesOfMaps() {
        try {
            Class.forName("java.util.concurrent.ConcurrentHashMap$TreeBin", true, null);
        } catch (ClassNotFoundException other) {
            // Then there is nothing to initialize.
        }
    }

    public static void switchOff() {
        on = false;
    }
}
