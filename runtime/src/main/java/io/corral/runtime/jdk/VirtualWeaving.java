package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** The weaving of {@code VirtualThread}, all of it or nothing. Implemented by the agent. */
public interface VirtualWeaving {

    /**
     * Weaves it, in a JVM that may be anywhere: on a thread of our own, whose end is awaited, for a second at most. Any thread,
     * any number of times, several at once.
     *
     * @return what the running JDK's class lacks, or why the JVM refuses, with nothing woven; else null
     * @throws Error if there was no memory for it, or no stack
     */
    @Nullable String weave();

    /** False behind {@link #weave} where that takes longer, and as long as it does. */
    boolean isWoven();

    /** Whether {@code thread} is the one that weaves: other agents are asked on it, and may make a virtual thread. */
    boolean isBy(Thread thread);
}
