package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** The weaving of {@code VirtualThread}: all of it or nothing. The agent implements it. */
public interface VirtualWeaving {

    /**
     * Weaves the class while the application runs, on a thread of Corral's. Waits for that thread,
     * for a second at most. Any thread, any number of times, also several at once.
     *
     * @return null, or why the class is not woven: what it lacks, or why the JVM refused
     * @throws Error if there was no memory for it, or no stack
     */
    @Nullable String weave();

    /** Whether the class is woven. It is not yet if {@link #weave} did not wait long enough. */
    boolean isWoven();

    /**
     * Whether {@code thread} is the one that weaves. The transformers of other agents run on it,
     * and can make a virtual thread.
     */
    boolean isWovenBy(Thread thread);
}
