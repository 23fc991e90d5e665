package io.corral.runtime.notice;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts failures of hooks and callbacks. No failure reaches the application. The first failure of
 * each kind is logged.
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
    CONTROL("control"),
    MANAGEMENT("management"),
    METRICS("metrics"),
    CAN_FORK("canFork"),
    CANCEL_FORK("cancelFork"),
    FORK_CALLBACK("fork callback"),
    ADOPT_CALLBACK("adopt callback"),
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

    /** The message of the first failure of any kind. */
    private static volatile @Nullable String first;

    private final String hook;
    private final AtomicLong count = new AtomicLong();

    HookFailures(String hook) {
        this.hook = hook;
    }

    /** A call initializes this class. */
    public static void initialize() {}

    public String hook() {
        return hook;
    }

    /** The first failure of any kind, or null if there was none. */
    public static @Nullable String first() {
        return first;
    }

    public long count() {
        return count.get();
    }

    /**
     * Counts a failure. On an exhausted stack or heap the count is still right, since it comes
     * first; the report can be lost.
     */
    public void report(Throwable failure) {
        report(failure, null);
    }

    /** Counts a failure of the callback that {@code source} names. */
    public void report(Throwable failure, @Nullable String source) {
        long times = count.incrementAndGet();
        if (times > 1) {
            return;
        }
        try {
            String message = (source == null ? "" : source + ": ") + failure;
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
            // It is counted. There is no stack, or no heap, to report it.
        }
    }
}
