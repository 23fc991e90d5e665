package io.corral.runtime.handover;

import io.corral.runtime.jdk.Redefinition;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;

import org.jspecify.annotations.Nullable;

/**
 * Has {@link HandOverKey} enabled by the first thread that needs it. Where one goes on without, a scope may be open though the
 * key is off.
 */
public class HandOverSwitch extends Redefinition {

    public static final HandOverSwitch CURRENT = new HandOverSwitch();

    /** There was about to be a scope, or a container from which tasks take a place along. */
    private volatile boolean wanted;

    /** Null where the key can't be enabled: nothing is woven that asks it, or the JVM refuses. */
    private volatile @Nullable KeySwitch keySwitch;

    private volatile boolean wentOnWithout;

    HandOverSwitch() {}

    /** A test has another key. */
    boolean isOn() {
        return HandOverKey.isEnabled();
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
    @Override
    public final boolean isSettled() {
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
    public final void use() {
        if (!wanted) {
            wanted = true;
        }
        if (keySwitch != null && !isOn()) {
            demand();
            if (!isOn() && !wentOnWithout) {
                wentOnWithout = true;
            }
        }
    }

    @Override
    protected final void make() throws Exception {
        KeySwitch how = keySwitch;
        if (how != null) {
            JdkTasks.load();
            how.enable(HandOverKey.class);
            if (!isOn() && !how.isEnding()) {
                refused("another agent has changed it");
            }
        }
    }

    @Override
    protected final void exhausted(Throwable failure) {
        HookFailures.HAND_OVER.report(failure);
    }

    @Override
    protected final void refused(String why) {
        keySwitch = null;
        Log.error(
                "tasks are charged to the pool that runs them: what finds out where they come from"
                        + " can't be put into force: " + why);
    }
}
