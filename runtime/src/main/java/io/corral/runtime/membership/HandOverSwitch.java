package io.corral.runtime.membership;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has {@link HandOverKey} enabled by the first thread that needs it, which takes the JVM some milliseconds, once. Those that
 * come meanwhile wait, since each redefinition stops the JVM; but not for ever: other agents are asked about it, and may need
 * what one of these holds. Who is out of patience, and who has no memory for it, goes on without: then a scope may be open
 * though the key is off.
 */
public class HandOverSwitch {

    public static final HandOverSwitch CURRENT = new HandOverSwitch();

    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** Where there was no memory for it, or no stack. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private final AtomicReference<@Nullable Thread> enabling = new AtomicReference<>();

    /** There was about to be a scope, or a container from which tasks take a place along. */
    private volatile boolean wanted;

    /** Null where the key can't be enabled: nothing is woven that asks it, or the JVM refuses. */
    private volatile @Nullable KeySwitch keySwitch;

    private volatile boolean wentOnWithout;
    private volatile boolean outOfPatience;
    private volatile boolean failed;

    /** Read behind {@link #failed}. */
    private volatile long failedNanoTime;

    HandOverSwitch() {}

    /** A test has another key. */
    boolean isOn() {
        return HandOverKey.isEnabled();
    }

    /** A test moves it by hand. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** By the agent, before the hooks are switched on, and with null if they are not. */
    public final void install(@Nullable KeySwitch how) {
        keySwitch = how;
        if (how != null && wanted) {
            use();
        }
    }

    final boolean wasUsed() {
        return wanted;
    }

    /** Whether another agent's transformation of the key's class has to leave it on. */
    public final boolean isToBeOn() {
        return isOn() || (wanted && keySwitch != null);
    }

    /** Whether the key is as it can be: a scope that is about to be opened need not see to it. */
    final boolean isSettled() {
        return isOn() || keySwitch == null;
    }

    /** Whether there may be scopes that were opened while the key was off. */
    final boolean wentOnWithout() {
        return wentOnWithout;
    }

    /**
     * There is about to be a scope, or a container from which tasks take a place along. On the thread that is about to enter,
     * or to make it, and before it does: so nobody has a place to hand over, or a scope to leave open, while the key is off.
     */
    final void use() {
        if (!wanted) {
            wanted = true;
        }
        if (keySwitch != null && !isOn()) {
            claim();
            if (!isOn() && !wentOnWithout) {
                wentOnWithout = true;
            }
        }
    }

    private void claim() {
        Thread self = Thread.currentThread();
        if (enabling.get() == self) {
            // A transformer that was asked about the key enters a container.
            enable();
        } else if (enabling.compareAndSet(null, self)) {
            try {
                // Another may have been through since the look before.
                enable();
            } finally {
                enabling.set(null);
            }
        } else if (!outOfPatience) {
            awaitOthers();
        }
    }

    private void enable() {
        KeySwitch how = keySwitch;
        if (how == null || isOn() || (failed && nanoTime() - failedNanoTime < RETRY_NANOS)) {
            return;
        }
        try {
            how.enable(HandOverKey.class);
            if (!isOn()) {
                refused("another agent has changed it");
            }
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            failedNanoTime = nanoTime();
            failed = true;
            HookFailures.HAND_OVER.report(exhausted);
        } catch (Throwable refusal) {
            refused(refusal.toString());
        }
    }

    private void refused(String why) {
        keySwitch = null;
        Log.error(
                "tasks are charged to the pool that runs them: what finds out where they come from"
                        + " can't be put into force: " + why);
    }

    /** To park would take an {@code unpark} away that the application waits for. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitOthers() {
        long began = nanoTime();
        while (!isOn() && enabling.get() != null) {
            if (nanoTime() - began > PATIENCE_NANOS) {
                outOfPatience = true;
                return;
            }
            Thread.yield();
        }
    }
}
