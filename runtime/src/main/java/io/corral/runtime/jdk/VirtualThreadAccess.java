package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Private parts of {@code java.lang.VirtualThread}; absent where the JDK has none. */
public interface VirtualThreadAccess {

    /** Whether {@code VirtualThread} is initialized, as it is when the first is made: there may be some. */
    boolean areUsed();

    /** Whether it is a {@code VirtualThread}, and not one that is bound to a platform thread. */
    boolean isVirtual(Thread thread);

    /**
     * The field {@code runContinuation}, where a virtual thread's member hangs; null if {@code
     * thread} is no {@code VirtualThread}.
     */
    @Nullable Runnable runContinuation(Thread thread);

    /**
     * Whether a thread of either kind that is about to start was given to a pool: its container, to the JDK's own book of
     * threads, is one that {@code ThreadPoolExecutor} and fork-join pools share, and not that of a thread for each task.
     */
    boolean isOfPool(Thread thread);

    /**
     * Stores {@code member} in that field, which is final to the compiler of Java and not to the JVM's. By who alone
     * runs {@code thread}, a {@code VirtualThread}, now: on its carrier behind the check that it may run, or on the
     * parent before the first submission.
     */
    void runContinuation(Thread thread, Runnable member);

    /**
     * On a virtual thread: where it blocks from here on, its carrier does too, until {@link #unpin}. Nests. (From JDK 24 on a
     * monitor alone would let it go on on another carrier.)
     */
    void pin();

    void unpin();
}
