package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/** The weaving of {@code VirtualThread}, all of it or nothing. Implemented by the agent. */
public interface VirtualWeaving {

    /**
     * Weaves it, in a JVM that may be anywhere. Any thread, any number of times, several at once.
     *
     * @return what is missing in the running JDK's class, with nothing woven; null if all is well
     */
    @Nullable String weave();

    /** False behind {@link #weave} where the JVM was not able to on that thread. */
    boolean isWoven();
}
