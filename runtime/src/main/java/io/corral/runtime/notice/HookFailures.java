package io.corral.runtime.notice;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went wrong in hooks and callbacks, which never reaches the application. Each kind is
 * reported the first time; the count goes on.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum HookFailures {
    FORK("fork"),
    EXIT("exit"),
    MOUNT("mount"),
    ADOPT("adopt"),
    FIRST_VIRTUAL_THREAD("first virtual thread"),
    PLACEMENT("placement"),
    HAND_OVER("hand-over"),
    ENTRY("entry"),
    CAN_FORK("canFork"),
    CANCEL_FORK("cancelFork"),
    FORK_CALLBACK("fork callback"),
    EXIT_CALLBACK("exit callback"),
    CAN_ATTACH("canAttach"),
    CANCEL_ATTACH("cancelAttach"),
    ATTACH_CALLBACK("attach callback"),
    SWITCHED("switched"),
    CONTAINER_CREATED("containerCreated"),
    CONTAINER_REMOVED("containerRemoved"),
    RELEASE_NOTICE("release notice"),
    OBSERVER("observer"),
    BACKGROUND("background");

    /** What the first failure of all was. */
    private static volatile @Nullable String first;

    private final String hook;
    private final AtomicLong count = new AtomicLong();

    HookFailures(String hook) {
        this.hook = hook;
    }

    /** Being called initializes this class. */
    public static void initialize() {}

    public String hook() {
        return hook;
    }

    /** What the first failure of all was, or null if there was none. */
    public static @Nullable String first() {
        return first;
    }

    public long count() {
        return count.get();
    }

    /**
     * Counts a failure. Safe on an exhausted stack or heap: the count comes first, and if even the
     * report fails, only the report is lost.
     */
    public void report(Throwable failure) {
        report(failure, null);
    }

    /** Counts a failure of what {@code who} names. */
    public void report(Throwable failure, @Nullable String who) {
        long times = count.incrementAndGet();
        if (times > 1) {
            return;
        }
        try {
            String message = (who == null ? "" : who + ": ") + failure;
            if (first == null) {
                first = "the " + hook + " hook failed: " + message;
            }
            Log.error(
                    "the " + hook + " hook failed and was passed over (reported once): " + message);
            Observer observer = Observer.Current.observer;
            if (observer != null) {
                observer.hookFailed(hook, message, times);
            }
        } catch (Throwable unreportable) {
            // Counted; there is neither stack nor heap left to say it.
        }
    }
}
