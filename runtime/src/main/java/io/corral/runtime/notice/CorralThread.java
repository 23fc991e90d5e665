package io.corral.runtime.notice;

import org.jspecify.annotations.Nullable;

/** A thread of Corral's own: a daemon, accounted in {@code /jvm/corral}. */
public final class CorralThread extends Thread {

    public CorralThread(String name, @Nullable Runnable task) {
        super(null, task, name, 0, false);
        setDaemon(true);
        try {
            setContextClassLoader(null);
        } catch (SecurityException refused) {
            // A security manager refused: the class loader of the creator stays.
        }
    }
}
