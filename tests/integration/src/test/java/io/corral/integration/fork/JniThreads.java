package io.corral.integration.fork;

import java.util.function.Consumer;

/** Runs a task in a thread that was made in C, up to that thread's end. */
public final class JniThreads implements Consumer<Runnable> {

    public JniThreads() {}

    static native void run(Runnable task);

    @Override
    public void accept(Runnable task) {
        run(task);
    }
}
