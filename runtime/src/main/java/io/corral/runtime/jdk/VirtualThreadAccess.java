package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Private parts of {@code java.lang.VirtualThread}; absent where the JDK has none. */
public interface VirtualThreadAccess {

    /**
     * The field {@code runContinuation}, where a virtual thread's member hangs; null if {@code
     * thread} is no {@code VirtualThread}.
     */
    @Nullable Runnable runContinuation(Thread thread);
}
