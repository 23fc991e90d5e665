package io.corral.runtime.placement;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a thread is a worker of a pool, for the condition {@code pool} of rules. A worker
 * does not inherit the place of the thread that caused its start, since otherwise that place would
 * be charged for all later tasks.
 */
public final class PoolWorkers {

    private static final @Nullable VirtualThreadAccess VIRTUAL_THREADS = Jdk.VIRTUAL_THREADS;

    private PoolWorkers() {}

    /**
     * Whether a platform thread that is about to start belongs to a pool or a server: by its class,
     * by the class of its task, or because a pool has requested it, even if the pool's factory has
     * wrapped the worker. Allocates nothing.
     */
    static boolean isWorker(Thread thread) {
        Class<?> type = thread.getClass();
        Runnable task = Jdk.task(thread);
        return (type != Thread.class && isWorkerClass(type))
                || (task != null && isNestedTask(task.getClass()))
                || (VIRTUAL_THREADS == null
                        ? PoolThreads.contains(thread)
                        : VIRTUAL_THREADS.isOfPool(thread))
                || (type != Thread.class && WrappedWorkers.isIn(thread))
                || (task != null && WrappedWorkers.isIn(task));
    }

    /** Whether a virtual thread that is about to start belongs to a pool. Allocates nothing. */
    static boolean isVirtualWorker(Thread thread) {
        return VIRTUAL_THREADS != null && VIRTUAL_THREADS.isOfPool(thread);
    }

    private static boolean isWorkerClass(Class<?> type) {
        return ForkJoinWorkerThread.class.isAssignableFrom(type) || isNestedInPool(type);
    }

    /** Whether tasks of this class are the loop of a worker. */
    static boolean isWorkersTask(Class<?> type) {
        return isNestedTask(type) || DefaultRules.current().isPoolsTask(type.getName());
    }

    private static boolean isNestedTask(Class<?> type) {
        // A lambda in an executor need not be the loop of a worker. A class that is an executor
        // itself is not a worker, since it passes tasks on.
        return !type.isHidden() && !Executor.class.isAssignableFrom(type) && isNestedInPool(type);
    }

    /** Whether a class is nested in an executor, as the worker of a pool is. */
    private static boolean isNestedInPool(Class<?> type) {
        try {
            Class<?> host = type.getNestHost();
            return host == type ? isEnclosedByPool(type) : isPool(host);
        } catch (SecurityException | LinkageError unknown) {
            return false;
        }
    }

    /**
     * As {@link #isNestedInPool}, for a class that was compiled for Java 8 to 10. Such a class has
     * no nest host, but has the name of its enclosing class.
     */
    private static boolean isEnclosedByPool(Class<?> type) {
        if (type.getName().indexOf('$') < 0) {
            return false;
        }
        Class<?> outer = type.getEnclosingClass();
        while (outer != null && !isPool(outer)) {
            outer = outer.getEnclosingClass();
        }
        return outer != null;
    }

    private static boolean isPool(Class<?> type) {
        return Executor.class.isAssignableFrom(type) && !isThreadPerTask(type.getName());
    }

    /**
     * Whether an executor has no pool of threads: it starts a thread for each task, or it only
     * orders tasks.
     */
    private static boolean isThreadPerTask(String executor) {
        return switch (executor) {
            case "java.util.concurrent.ThreadPerTaskExecutor",
                    "org.springframework.core.task.SimpleAsyncTaskExecutor",
                    "com.google.common.util.concurrent.SequentialExecutor" -> true;
            default -> false;
        };
    }
}
