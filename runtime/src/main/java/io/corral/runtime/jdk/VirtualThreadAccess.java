package io.corral.runtime.jdk;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Private parts of {@code java.lang.VirtualThread}; absent on a JDK without it. */
public interface VirtualThreadAccess {

    /** Whether {@code VirtualThread} is initialized, so that there may be virtual threads. */
    boolean areUsed();

    /**
     * Whether the thread is a {@code VirtualThread}; false for a virtual thread that is bound to a
     * platform thread.
     */
    boolean isVirtual(Thread thread);

    /**
     * The field {@code runContinuation}, which holds the member of a virtual thread. Null if
     * {@code thread} is not a {@code VirtualThread}.
     */
    @Nullable Runnable runContinuation(Thread thread);

    /**
     * Whether a thread of either kind that is about to start was made for a pool:
     * {@code ThreadPoolExecutor} and fork-join pools use the JDK's shared thread containers, and
     * executors with a thread for each task do not.
     */
    boolean isOfPool(Thread thread);

    /**
     * Calls {@code action} for each live thread of either kind that the JDK's thread containers
     * list. With {@code -Djdk.trackAllThreads=false}, virtual threads that no executor has started
     * are missing. Weakly consistent.
     */
    void forEachListed(Consumer<Thread> action);

    /**
     * Stores {@code member} in the field {@code runContinuation} of a {@code VirtualThread}. (The
     * field is final in Java's rules, and not in the JVM's.) The caller must be the only one that
     * can run the thread now: its carrier, after the check that it may run, or its parent, before
     * the first submission.
     */
    void runContinuation(Thread thread, Runnable member);

    /**
     * Pins the calling virtual thread to its carrier until {@link #unpin}. Nests. (From JDK 24 on a
     * monitor does not pin it.)
     */
    void pin();

    void unpin();

    /** Whether the thread runs on the carriers of the JDK's own scheduler. */
    boolean isOnJdkScheduler(Thread thread);

    /**
     * Whether a thread that is being submitted was blocked on a lock, which was released to it: a
     * monitor, on a JDK where that does not pin, or a lock or condition of
     * {@code java.util.concurrent}.
     */
    boolean isUnblocked(Thread thread);

    /** The JDK's scheduler. Call it only if virtual threads {@linkplain #areUsed are used}. */
    ForkJoinPool scheduler();

    /** Gives a task to the JDK's scheduler; it runs on a carrier. Any thread may call. */
    void submit(ForkJoinTask<?> task);

    /** As {@link #submit}, on a carrier that will look for its next task at once. */
    void submitLazily(ForkJoinTask<?> task);

    /** The number of carriers that the JDK's scheduler uses at once. */
    int parallelism();

    /** Sets {@link #parallelism}. */
    void parallelism(int carriers);

    /** Whether the JDK's scheduler has tasks that no carrier has taken. */
    boolean hasQueuedTasks();
}
