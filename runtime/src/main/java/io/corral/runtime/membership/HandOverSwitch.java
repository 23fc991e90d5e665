package io.corral.runtime.membership;

import io.corral.runtime.notice.HookFailures;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has {@link HandOverKey} enabled by the first thread that needs it, which takes the JVM some milliseconds, once. Those that
 * come meanwhile wait, a little: each redefinition stops the JVM, and waiting without a bound could be for ever, since other
 * agents are asked about it, which may need what one of these holds.
 */
public final class HandOverSwitch {

    private static final long PATIENCE_NANOS = 100_000_000;

    /** Where there was no memory for it, or no stack. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private static final AtomicReference<@Nullable Thread> ENABLING = new AtomicReference<>();

    /** That there was about to be a scope. */
    private static volatile boolean wanted;

    /** Null where the key can't be enabled: nothing is woven that asks it, or the JVM refuses. */
    private static volatile @Nullable KeySwitch keySwitch;

    private static volatile boolean failed;
    private static volatile long failedNanoTime;

    private HandOverSwitch() {}

    /** By the agent, before the hooks are switched on, and with null if they are not. */
    public static void install(@Nullable KeySwitch enabling) {
        keySwitch = enabling;
        if (enabling != null && wanted) {
            use();
        }
    }

    /** Any thread. Once this is true it stays so. */
    public static boolean isWanted() {
        return wanted;
    }

    /** Whether the key is as it should be: a scope that is about to be opened need not see to it. */
    static boolean isSettled() {
        return HandOverKey.isEnabled() || keySwitch == null;
    }

    static void use() {
        if (!wanted) {
            wanted = true;
        }
        KeySwitch enabling = keySwitch;
        if (enabling == null || HandOverKey.isEnabled() || hasJustFailed()) {
            return;
        }
        Thread self = Thread.currentThread();
        boolean claimed = ENABLING.compareAndSet(null, self);
        // By itself also within its own call: a transformer that was asked about it enters a
        // container.
        if (claimed || ENABLING.get() == self || !othersEnable()) {
            enable(enabling);
        }
        if (claimed) {
            ENABLING.set(null);
        }
    }

    private static boolean hasJustFailed() {
        return failed && System.nanoTime() - failedNanoTime < RETRY_NANOS;
    }

    /**
     * To park would take an {@code unpark} away that the application waits for.
     *
     * @return whether there is nothing left to do
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private static boolean othersEnable() {
        long began = System.nanoTime();
        while (System.nanoTime() - began < PATIENCE_NANOS) {
            if (HandOverKey.isEnabled() || ENABLING.get() == null) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    private static void enable(KeySwitch enabling) {
        try {
            enabling.enable(HandOverKey.class);
            if (!HandOverKey.isEnabled()) {
                keySwitch = null;
            }
        } catch (Throwable exhausted) {
            failedNanoTime = System.nanoTime();
            failed = true;
            HookFailures.HAND_OVER.report(exhausted);
        }
    }
}
