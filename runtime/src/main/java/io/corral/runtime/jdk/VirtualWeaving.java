package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** Weaves {@code VirtualThread}: all of its hooks or none. The agent implements it. */
public interface VirtualWeaving {

    /**
     * Weaves the class on one of Corral's threads, and waits for that thread, a second at most. Any
     * thread may call, repeatedly and concurrently.
     *
     * @return null, or the reason why the class is not woven: what it lacks, or why the JVM refused
     * @throws Error if there was no memory for it, or no stack
     */
    @Nullable String weave();

    /** Whether the class is woven. False if {@link #weave} did not wait long enough. */
    boolean isWoven();

    /**
     * Whether {@code thread} is the one that weaves. The transformers of other agents run on it,
     * and can make a virtual thread.
     */
    boolean isWovenBy(Thread thread);
}
