package io.corral.runtime.jdk;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's private parts, as constants, so that the JIT compiler inlines them. This class must be
 * initialized after {@link Handover} was filled. A part is null if the JDK, or the agent, lacks it.
 */
public final class Jdk {

    public static final @Nullable ThreadAccess THREADS = Handover.threads;
    public static final @Nullable VirtualThreadAccess VIRTUAL_THREADS = Handover.virtualThreads;
    public static final @Nullable ClockAccess CLOCKS = Handover.clocks;
    public static final @Nullable VmThreadAccess VM_THREADS = Handover.vmThreads;
    public static final @Nullable TaskAccess TASKS = Handover.tasks;

    private Jdk() {}

    /** The thread's true id. Only with the agent. */
    public static long id(Thread thread) {
        ThreadAccess threads = THREADS;
        if (threads == null) {
            throw new IllegalStateException("Corral's agent is not loaded");
        }
        return threads.id(thread);
    }

    /** What the agent provides before {@link Jdk} is initialized. Written once, by one thread. */
    public static final class Handover {

        static @Nullable ThreadAccess threads;
        static @Nullable VirtualThreadAccess virtualThreads;
        static @Nullable ClockAccess clocks;
        static @Nullable VmThreadAccess vmThreads;
        static @Nullable TaskAccess tasks;

        private Handover() {}

        public static void of(
                ThreadAccess threads,
                @Nullable VirtualThreadAccess virtualThreads,
                @Nullable ClockAccess clocks,
                @Nullable VmThreadAccess vmThreads,
                TaskAccess tasks) {
            Handover.threads = threads;
            Handover.virtualThreads = virtualThreads;
            Handover.clocks = clocks;
            Handover.vmThreads = vmThreads;
            Handover.tasks = tasks;
        }
    }
}
