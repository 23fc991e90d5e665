package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Private parts of {@link Thread}. */
public interface ThreadAccess {

    /** The field {@code tid}: {@code getId()} can be overridden, on JDK 25 too. */
    long id(Thread thread);

    /** Calls {@code thread.start0()}, whose call in {@code Thread.start} the fork hook has replaced. */
    void start0(Thread thread);

    /** What a platform thread was made with, to run; null if it runs itself, or has ended. */
    @Nullable Runnable task(Thread thread);
}
