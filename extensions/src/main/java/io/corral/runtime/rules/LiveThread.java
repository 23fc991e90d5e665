package io.corral.runtime.rules;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;

import org.jspecify.annotations.Nullable;

/** A live thread that is about to start or to be adopted. */
final class LiveThread extends ThreadFacts {

    private final Thread thread;
    private final boolean virtual;

    LiveThread(Thread thread, boolean virtual) {
        this.thread = thread;
        this.virtual = virtual;
    }

    @Override
    public String name() {
        return thread.getName();
    }

    @Override
    public boolean isVirtual() {
        return virtual;
    }

    @Override
    public String type() {
        return thread.getClass().getName();
    }

    @Override
    public @Nullable String task() {
        ThreadAccess threads = Jdk.THREADS;
        Runnable task = virtual || threads == null ? null : threads.task(thread);
        return task == null ? null : task.getClass().getName();
    }

    @Override
    public @Nullable String group() {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? null : group.getName();
    }

    @Override
    public @Nullable String loader() {
        try {
            ClassLoader loader = thread.getContextClassLoader();
            if (loader == null) {
                return null;
            }
            String name = loader.getName();
            return name == null ? loader.getClass().getName() : name;
        } catch (RuntimeException overridden) {
            // The application can override getContextClassLoader and getName.
            return null;
        }
    }
}
