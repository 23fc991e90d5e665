package io.corral.runtime.hook;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Notifier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Registers Corral's MBeans once the platform's MBean server exists. Corral never makes the server
 * itself, since applications configure it in {@code main}.
 */
public final class ManagementHook {

    /**
     * The task that registers the MBeans. Null before the agent is active, and once it was started.
     */
    private static final AtomicReference<@Nullable Runnable> BEANS = new AtomicReference<>();

    private ManagementHook() {}

    /** Called by the agent once it is active. */
    public static void registerBy(Runnable beans) {
        BEANS.set(beans);
    }

    /**
     * Called at each return of {@code ManagementFactory.getPlatformMBeanServer()}, on its caller,
     * and by the agent where the server was made before. The first call registers the beans, so the
     * caller finds them.
     */
    public static void serverMade() {
        if (BEANS.get() == null) {
            return;
        }
        try {
            Runnable beans = BEANS.getAndSet(null);
            if (beans != null) {
                register(beans);
            }
        } catch (Throwable failure) {
            HookFailures.MANAGEMENT.report(failure);
        }
    }

    /**
     * Registers the beans on a thread of Corral's, since a security manager checks the rights of
     * all callers.
     */
    private static void register(Runnable beans) {
        try {
            beans.run();
        } catch (SecurityException callerMayNot) {
            Notifier notifier = Notifier.Current.notifier;
            if (notifier == null) {
                throw callerMayNot;
            }
            notifier.later(beans);
        }
    }
}
