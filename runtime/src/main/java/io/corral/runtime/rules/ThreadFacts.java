package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** What rules may ask of a thread. What is not known, or not there, is null, and matches nothing. */
public abstract class ThreadFacts {

    public abstract String name();

    public abstract boolean isVirtual();

    /** The name of the thread's class. */
    public abstract @Nullable String type();

    /** The name of the class of what the thread was made to run. Of virtual threads it is not known. */
    public abstract @Nullable String task();

    public abstract @Nullable String group();

    /** The name of the class loader that the thread has from who made it; if it has none, that of its class. */
    public abstract @Nullable String loader();
}
