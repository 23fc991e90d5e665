package io.corral.runtime.jdk;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Fields of tasks. The weaver adds one for a task's submitter to some classes of the JDK. The
 * classes get no interface for it, since class pools of other agents could not resolve the
 * interface.
 */
public interface TaskAccess {

    /** The classes with the field. */
    int FUTURE_TASK = 1;

    int FORK_JOIN_TASK = 2;
    int TIMER_TASK = 3;

    /** The node of a {@code LinkedBlockingQueue}. */
    int QUEUE_NODE = 4;

    /** The worker of a {@code ThreadPoolExecutor}. */
    int POOL_WORKER = 5;

    /** @param holder of the class {@code kind}, which must have the field */
    @Nullable Object submitter(int kind, Object holder);

    /** @param holder of the class {@code kind}, which must have the field */
    void submitter(int kind, Object holder, @Nullable Object submitter);

    /** Whether this is a task of a {@code ScheduledThreadPoolExecutor}. Any object may be asked. */
    boolean isScheduled(Object task);

    /** The offset of a field that is not static, for {@link #reference}. */
    long offset(Field field);

    /** The value of a field of {@code holder} that holds a reference. */
    @Nullable Object reference(Object holder, long offset);
}
