package io.corral.runtime.control;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.TaskAccess;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose workers may wait at a door, as long as enough of them stay free for others: half of
 * the pool, and of one container's requests a quarter of it waits at most. Event loops, schedulers
 * and fork-join pools are none: nobody waits on their threads, since other work would wait too.
 */
final class BlockingPool {

    /** The largest number of objects around a worker. */
    private static final int MAX_DEPTH = 3;

    /**
     * How to find the pool of a task of a class. Neither the value here nor the next one keeps a
     * class loader alive: each hangs on its class alone.
     */
    private static final ClassValue<TaskFields> FIELDS = new ClassValue<>() {
        @Override
        protected TaskFields computeValue(Class<?> type) {
            return TaskFields.of(type);
        }
    };

    /** The method of a pool's class that tells the largest number of workers; null for none. */
    private static final ClassValue<@Nullable Method> SIZE = new ClassValue<>() {
        @Override
        protected @Nullable Method computeValue(Class<?> type) {
            return sizeMethod(type);
        }
    };

    static {
        // Initializes the JDK's classes behind them: a request that is to wait may have no stack
        // for that, and they would stay unusable for the application, too.
        FIELDS.get(Object.class);
        SIZE.get(Object.class);
    }

    /** The pools whose workers have waited: few. Replaced as a whole. */
    private static final AtomicReference<BlockingPool[]> KNOWN =
            new AtomicReference<>(new BlockingPool[0]);

    private final WeakReference<Object> pool;
    private final AtomicInteger waiting = new AtomicInteger();

    private BlockingPool(Object pool) {
        this.pool = new WeakReference<>(pool);
    }

    /**
     * The fields of a task by which its pool is found.
     *
     * @param pool the offset of the field with the executor, if the class is an inner class of one;
     *     else -1
     * @param held the offset of the field with another task, if the task wraps one; else -1
     */
    private record TaskFields(long pool, long held) {

        private static final TaskFields NONE = new TaskFields(-1, -1);

        static TaskFields of(Class<?> task) {
            TaskAccess access = Jdk.TASKS;
            if (access == null) {
                return NONE;
            }
            long held = -1;
            for (Class<?> type = task; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers())
                            || field.getType().isPrimitive()) {
                        continue;
                    }
                    if (field.isSynthetic() && Executor.class.isAssignableFrom(field.getType())) {
                        return new TaskFields(access.offset(field), held);
                    }
                    if (field.getType() == Runnable.class) {
                        held = access.offset(field);
                    }
                }
            }
            return new TaskFields(-1, held);
        }
    }

    /** The pool of which the calling thread is a worker; null if its size can't be read. */
    static @Nullable BlockingPool of(Thread current) {
        TaskAccess access = Jdk.TASKS;
        // A virtual thread has no such task to ask for.
        Runnable task = Jdk.isVirtual(current) ? null : Jdk.task(current);
        if (task == null || access == null) {
            return null;
        }
        Object pool = poolOf(task, access, MAX_DEPTH);
        return pool == null ? null : of(pool);
    }

    private static @Nullable BlockingPool of(Object pool) {
        BlockingPool found = find(pool);
        return found == null ? add(pool) : found;
    }

    private static BlockingPool[] known() {
        return Objects.requireNonNull(KNOWN.get());
    }

    private static @Nullable BlockingPool find(Object pool) {
        for (BlockingPool each : known()) {
            if (each.pool.refersTo(pool)) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable BlockingPool add(Object pool) {
        if (SIZE.get(pool.getClass()) == null) {
            return null;
        }
        BlockingPool made = new BlockingPool(pool);
        while (true) {
            BlockingPool[] before = known();
            BlockingPool other = find(pool);
            if (other != null) {
                return other;
            }
            if (KNOWN.compareAndSet(before, with(made, before))) {
                return made;
            }
        }
    }

    /** The pools that were not collected, and one more. */
    private static BlockingPool[] with(BlockingPool added, BlockingPool[] known) {
        BlockingPool[] all = new BlockingPool[known.length + 1];
        int count = 0;
        for (BlockingPool each : known) {
            if (!each.pool.refersTo(null)) {
                all[count++] = each;
            }
        }
        all[count++] = added;
        return Arrays.copyOf(all, count);
    }

    private static @Nullable Method sizeMethod(Class<?> pool) {
        if (ScheduledExecutorService.class.isAssignableFrom(pool)) {
            return null;
        }
        for (String name : new String[] {"getMaximumPoolSize", "getMaxThreads"}) {
            try {
                return pool.getMethod(name);
            } catch (NoSuchMethodException | SecurityException | LinkageError none) {
                // The next one.
            }
        }
        return null;
    }

    /** The executor in which the class of a task, or of a task that it holds, is nested. */
    private static @Nullable Object poolOf(Object task, TaskAccess access, int depth) {
        TaskFields fields = Objects.requireNonNull(FIELDS.get(task.getClass()));
        if (fields.pool >= 0) {
            return access.reference(task, fields.pool);
        }
        Object held = fields.held < 0 ? null : access.reference(task, fields.held);
        return held == null || depth == 0 ? null : poolOf(held, access, depth - 1);
    }

    /** The number of workers that the pool may have; 0 if unknown. */
    private int size() {
        Object known = pool.get();
        if (known == null) {
            return 0;
        }
        if (known instanceof ThreadPoolExecutor executor) {
            BlockingQueue<Runnable> queue = executor.getQueue();
            // Such a pool grows above its core only when its queue is full.
            return queue instanceof SynchronousQueue
                    ? executor.getMaximumPoolSize()
                    : executor.getCorePoolSize();
        }
        Method size = SIZE.get(known.getClass());
        try {
            return size != null && size.invoke(known) instanceof Integer number ? number : 0;
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return 0;
        }
    }

    /**
     * Called by a worker before it waits at a door. If too many wait, one of the container is shed
     * that is furthest over its share.
     *
     * @return whether it may wait; then it must call {@link #waited}
     */
    boolean tryWait(ContainerControl at, WaitQueue queue) {
        int workers = size();
        if (queue.countOf(this) >= maxWaitersOfOne(workers)) {
            return false;
        }
        boolean mayWait = false;
        int waitNow = waiting.incrementAndGet();
        try {
            mayWait = waitNow <= workers / 2 || shedOneOfAnother(at);
            return mayWait;
        } finally {
            if (!mayWait) {
                waited();
            }
        }
    }

    /** The requests of one container that may wait. */
    int maxWaitersOfOne() {
        return maxWaitersOfOne(size());
    }

    private static int maxWaitersOfOne(int workers) {
        return workers / 4;
    }

    @ReservedStack
    void waited() {
        waiting.decrementAndGet();
    }

    private int waitersAt(ContainerControl door) {
        return door.slots.waiters.countOf(this) + door.places.waiters.countOf(this);
    }

    /**
     * Sheds a waiter of the container that has the most by its weight, unless that is {@code at}.
     */
    private boolean shedOneOfAnother(ContainerControl at) {
        ContainerControl most = at;
        double load = load(at);
        for (ContainerControl each : Control.active()) {
            if (load(each) > load) {
                most = each;
                load = load(each);
            }
        }
        return most != at
                && (most.slots.waiters.shedLastOf(this) || most.places.waiters.shedLastOf(this));
    }

    private double load(ContainerControl of) {
        return (double) waitersAt(of) / of.weight();
    }
}
