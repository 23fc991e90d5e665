package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a thread that rules can test. A missing or unknown property is null and never
 * matches.
 */
public abstract class ThreadFacts {

    public abstract String name();

    public abstract boolean isVirtual();

    /** The name of the thread's class. */
    public abstract @Nullable String type();

    /** The class name of the thread's {@code Runnable}; unknown for virtual threads. */
    public abstract @Nullable String task();

    public abstract @Nullable String group();

    /** The name of the context class loader, or that of its class if the loader is unnamed. */
    public abstract @Nullable String loader();
}
