package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Private parts of {@link Thread}. */
public interface ThreadAccess {

    /** The field {@code tid}. ({@code getId()} can be overridden, on JDK 25 too.) */
    long id(Thread thread);

    /** Calls {@code thread.start0()}, in place of {@code Thread.start}. */
    void start0(Thread thread);

    /**
     * The task that a platform thread was created with; null if there is none, or if the thread has
     * ended.
     */
    @Nullable Runnable task(Thread thread);

    /** The bit of a thread's status that {@code Thread.State.RUNNABLE} stands for. */
    int JVMTI_RUNNABLE = 4;

    /** Whether the thread is runnable. ({@code getState()} can be overridden.) */
    boolean isRunnable(Thread thread);
}
