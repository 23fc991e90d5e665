package io.corral.runtime.hook;

import io.corral.runtime.accounting.Totals;
import io.corral.runtime.jdk.Key;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.thread.Tellings;

/** Whether the hooks act. They are woven before they are switched on, and inert until then. */
public final class Hooks {

    static volatile boolean on;

    private Hooks() {}

    public static void switchOn(Key key) {
        Key.check(key);
        // A class whose initialization fails on an exhausted stack can never be used again. So
        // these classes are initialized before a hook may need them there.
        HookFailures.initialize();
        Totals.initialize();
        initializeMapTrees();
        FirstVirtualThread.initialize();
        PoolThreads.initialize();
        Placement.initialize();
        ForkCallbacks.initialize();
        Tellings.initialize();
        VirtualSelfCheck.initialize();
        on = true;
    }

    /**
     * A map whose table cannot grow at the bottom of a stack turns its entries into trees. The
     * JDK's class for these would fail there for good, for the application too.
     */
    private static void initializeMapTrees() {
        try {
            Class.forName("java.util.concurrent.ConcurrentHashMap$TreeBin", true, null);
        } catch (ClassNotFoundException other) {
            // There is nothing to initialize.
        }
    }

    public static void switchOff(Key key) {
        Key.check(key);
        on = false;
    }
}
