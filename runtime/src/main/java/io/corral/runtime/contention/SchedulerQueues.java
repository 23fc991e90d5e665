package io.corral.runtime.contention;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.thread.VirtualMember;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the virtual threads that wait in the queues of the JDK's scheduler. It reads their arrays
 * while carriers change them, so a thread may be missed or seen twice. Of a long array it reads
 * some elements, chosen at random. Not thread-safe.
 */
final class SchedulerQueues {

    /** The elements of one array that are read at most. */
    private static final int MOST = 1_024;

    private static final long NO_FIELD = -1;

    private final @Nullable TaskAccess access = Jdk.TASKS;

    /** The offset of the field with the thread, by the class of the task. */
    private final Map<Class<?>, Long> runnables = new HashMap<>();

    private final long queues = offset(ForkJoinPool.class, "queues");

    /** That of the field of a queue, found with the first queue. */
    private long array = NO_FIELD;

    private boolean isArrayKnown;

    /**
     * Passes threads, and how many each of them stands for. Does nothing without virtual threads,
     * and on a JDK whose queues are others.
     */
    void forEach(ObjDoubleConsumer<VirtualMember> action) {
        VirtualThreadAccess threads = Jdk.VIRTUAL_THREADS;
        if (access == null || threads == null || queues == NO_FIELD || !threads.areUsed()) {
            return;
        }
        if (access.reference(threads.scheduler(), queues) instanceof Object[] all) {
            for (Object queue : all) {
                if (queue != null) {
                    forEach(access, queue, action);
                }
            }
        }
    }

    private void forEach(TaskAccess fields, Object queue, ObjDoubleConsumer<VirtualMember> action) {
        if (!isArrayKnown) {
            array = offset(queue.getClass(), "array");
            isArrayKnown = true;
        }
        if (array == NO_FIELD || !(fields.reference(queue, array) instanceof Object[] tasks)) {
            return;
        }
        boolean isLong = tasks.length > MOST;
        double standsFor = isLong ? (double) tasks.length / MOST : 1;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < tasks.length && i < MOST; i++) {
            Object task = tasks[isLong ? random.nextInt(tasks.length) : i];
            if (task != null && thread(fields, task) instanceof VirtualMember member) {
                action.accept(member, standsFor);
            }
        }
    }

    private @Nullable Object thread(TaskAccess fields, Object task) {
        long offset = runnables.computeIfAbsent(task.getClass(), type -> offset(type, "runnable"));
        return offset == NO_FIELD ? null : fields.reference(task, offset);
    }

    private long offset(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            return access == null || field.getType().isPrimitive()
                    ? NO_FIELD
                    : access.offset(field);
        } catch (NoSuchFieldException | RuntimeException anotherJdk) {
            return NO_FIELD;
        }
    }
}
