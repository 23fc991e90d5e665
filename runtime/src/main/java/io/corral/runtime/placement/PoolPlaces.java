package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * The containers of pools, one for each name below {@code /pools}, and the threads that belong
 * there. A worker belongs to its pool in every hierarchy, and does not inherit the place of the
 * thread that caused its start: otherwise that place would be charged for all later tasks.
 */
public final class PoolPlaces {

    private static final String POOLS = "pools";

    private static final NamedPlaces NAMED = new NamedPlaces();

    /** The class of a fork-join pool's timer from JDK 25 on. */
    static final String DELAY_SCHEDULER = "java.util.concurrent.DelayScheduler";

    private static final @Nullable ThreadAccess THREADS = Jdk.THREADS;
    private static final @Nullable VirtualThreadAccess VIRTUAL_THREADS = Jdk.VIRTUAL_THREADS;

    private PoolPlaces() {}

    /** Called on the parent: the place of a pool's worker. */
    static ContainerNode of(Thread worker) {
        return NAMED.of(Trees.MAIN.root().chosenChild(POOLS), worker.getName());
    }

    /**
     * Whether a platform thread that is about to start belongs to a pool or a server: by its class,
     * by the class of its task, or because a pool has requested it, even if the pool's factory has
     * wrapped the worker. Allocates nothing.
     */
    static boolean isWorker(Thread thread) {
        Class<?> type = thread.getClass();
        return (type != Thread.class && isWorkerClass(type))
                || runsForPool(thread)
                || (VIRTUAL_THREADS == null
                        ? PoolThreads.contains(thread)
                        : VIRTUAL_THREADS.isOfPool(thread));
    }

    /** Whether a virtual thread that is about to start belongs to a pool. Allocates nothing. */
    static boolean isVirtualWorker(Thread thread) {
        return VIRTUAL_THREADS != null && VIRTUAL_THREADS.isOfPool(thread);
    }

    private static boolean isWorkerClass(Class<?> type) {
        if (ForkJoinWorkerThread.class.isAssignableFrom(type)) {
            return true;
        }
        for (Class<?> each = type;
                each != null && each != Thread.class;
                each = each.getSuperclass()) {
            if (WorkerClasses.isThread(each.getName())) {
                return true;
            }
        }
        return isNestedInPool(type);
    }

    private static boolean runsForPool(Thread thread) {
        Runnable task = THREADS == null ? null : THREADS.task(thread);
        if (task == null) {
            return false;
        }
        Class<?> type = task.getClass();
        // A lambda may belong to a task as well as to an executor. A class that is an executor
        // itself is not a worker; it passes tasks on.
        return !type.isHidden()
                && (WorkerClasses.isTask(type.getName())
                        || (!Executor.class.isAssignableFrom(type) && isNestedInPool(type)));
    }

    /** Whether a class is nested in an executor, as the worker of a pool is. */
    private static boolean isNestedInPool(Class<?> type) {
        try {
            Class<?> pool = type.getNestHost();
            return Executor.class.isAssignableFrom(pool)
                    && !WorkerClasses.isThreadPerTask(pool.getName());
        } catch (SecurityException | LinkageError unknown) {
            return false;
        }
    }
}
