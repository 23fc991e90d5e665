package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/**
 * Methods that change how Corral works, and that are not API, require this object. The agent takes
 * it at its start, before a class of the application can. This protects against calls, but not
 * against reflection.
 */
public final class Key {

    private static boolean isTaken;

    private Key() {}

    /** @throws IllegalStateException if it was taken before */
    public static synchronized Key take() {
        if (isTaken) {
            throw new IllegalStateException("the agent has the key");
        }
        isTaken = true;
        return new Key();
    }

    /** @throws IllegalCallerException if the caller does not have the key */
    public static void check(@Nullable Key key) {
        if (key == null) {
            throw new IllegalCallerException("only the agent may call this");
        }
    }
}
