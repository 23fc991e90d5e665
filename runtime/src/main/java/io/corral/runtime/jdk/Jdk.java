package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's private parts, as constants, so that the JIT compiler inlines them. This class must be
 * initialized after {@link Provided} was filled. A part is null if the JDK lacks it, or without the
 * agent.
 */
public final class Jdk {

    public static final @Nullable ThreadAccess THREADS = Provided.threads;
    public static final @Nullable VirtualThreadAccess VIRTUAL_THREADS = Provided.virtualThreads;
    public static final @Nullable ClockAccess CLOCKS = Provided.clocks;
    public static final @Nullable VmThreadAccess VM_THREADS = Provided.vmThreads;
    public static final @Nullable TaskAccess TASKS = Provided.tasks;
    public static final @Nullable ThreadLocalAccess THREAD_LOCALS = Provided.threadLocals;

    private Jdk() {}

    /** The thread's ID, even if a subclass overrides {@code getId}. Only with the agent. */
    public static long id(Thread thread) {
        ThreadAccess threads = THREADS;
        if (threads == null) {
            throw new IllegalStateException("Corral's agent is not loaded");
        }
        return threads.id(thread);
    }

    /** The task of a platform thread; null if it has none, and without the agent. */
    public static @Nullable Runnable task(Thread thread) {
        ThreadAccess threads = THREADS;
        return threads == null ? null : threads.task(thread);
    }

    /** Whether the thread is a {@code VirtualThread}; false for one bound to a platform thread. */
    public static boolean isVirtual(Thread thread) {
        return VIRTUAL_THREADS != null && VIRTUAL_THREADS.isVirtual(thread);
    }

    /** A thread's name for a message, in quotation marks; or its ID if it has no name. */
    public static String title(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "#" + thread.getId() : "\"" + name + "\"";
    }

    /** What the agent provides before {@link Jdk} is initialized. Written once, by one thread. */
    public static final class Provided {

        static @Nullable ThreadAccess threads;
        static @Nullable VirtualThreadAccess virtualThreads;
        static @Nullable ClockAccess clocks;
        static @Nullable VmThreadAccess vmThreads;
        static @Nullable TaskAccess tasks;
        static @Nullable ThreadLocalAccess threadLocals;

        private Provided() {}

        public static void of(
                ThreadAccess threads,
                @Nullable VirtualThreadAccess virtualThreads,
                @Nullable ClockAccess clocks,
                @Nullable VmThreadAccess vmThreads,
                TaskAccess tasks,
                ThreadLocalAccess threadLocals) {
            Provided.threads = threads;
            Provided.virtualThreads = virtualThreads;
            Provided.clocks = clocks;
            Provided.vmThreads = vmThreads;
            Provided.tasks = tasks;
            Provided.threadLocals = threadLocals;
        }
    }
}
