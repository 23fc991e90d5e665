package io.corral.runtime.hook;

import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.PoolThreads;
import io.corral.runtime.rollup.Rollup;
import io.corral.runtime.subsystem.ForkCallbacks;
import io.corral.runtime.thread.Attach;
import io.corral.runtime.thread.CallbackQueues;
import io.corral.runtime.thread.HomeCounts;
import io.corral.runtime.thread.Members;

/** Whether the hooks are switched on. They are woven before, and do nothing until then. */
public final class Hooks {

    static volatile boolean on;

    private Hooks() {}

    public static void switchOn() {
        // A class whose initialization fails on an exhausted stack can never be used again. So
        // these classes are initialized before a hook may need them there.
        HookFailures.initialize();
        AccountTotals.initialize();
        initializeJdk();
        FirstVirtualThread.initialize();
        PoolThreads.initialize();
        Placement.initialize();
        Rollup.initialize();
        Members.initialize();
        HomeCounts.initialize();
        Attach.initialize();
        ForkCallbacks.initialize();
        CallbackQueues.initialize();
        VirtualSelfCheck.initialize();
        FairThreads.initialize();
        on = true;
    }

    /**
     * Initializes classes of the JDK that hooks may need first where no stack is left. A class
     * whose initialization fails there stays unusable, for the application too. {@code TreeBin} is
     * needed when a map's table cannot grow.
     */
    private static void initializeJdk() {
        initialize("java.util.concurrent.ConcurrentHashMap$TreeBin");
        initialize("java.util.concurrent.locks.LockSupport");
    }

    private static void initialize(String name) {
        try {
            Class.forName(name, true, null);
        } catch (ClassNotFoundException other) {
            // There is nothing to initialize.
        }
    }

    public static void switchOff() {
        on = false;
    }
}
