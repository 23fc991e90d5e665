package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Private parts of {@link ThreadLocal}. */
public interface ThreadLocalAccess {

    /**
     * The value of the calling thread; null if it has none. In contrast to {@code get()} this
     * creates no initial value, and runs no code of a subclass.
     */
    @Nullable Object valueOrNull(ThreadLocal<?> variable);
}
