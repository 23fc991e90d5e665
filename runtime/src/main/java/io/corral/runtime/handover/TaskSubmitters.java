package io.corral.runtime.handover;

import static io.corral.runtime.jdk.TaskAccess.FORK_JOIN_TASK;
import static io.corral.runtime.jdk.TaskAccess.FUTURE_TASK;
import static io.corral.runtime.jdk.TaskAccess.POOL_WORKER;
import static io.corral.runtime.jdk.TaskAccess.QUEUE_NODE;
import static io.corral.runtime.jdk.TaskAccess.TIMER_TASK;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import io.corral.runtime.membership.Membership;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of tasks that belong to a class with a field for the submitter. If the class could
 * not get the field, one table for all such tasks has them. The submitters of other tasks, such as
 * a {@code Runnable}, are recorded in the queue.
 *
 * <p>The table does not keep tasks reachable. It is used only if a class was loaded before the
 * agent.
 */
final class TaskSubmitters {

    private static final int NOWHERE = 0;
    private static final int IN_TABLE = -1;

    /** The value that {@link TimedSubmitter} records, by task. */
    private static final WeakIdentityMap<Object> TABLE = new WeakIdentityMap<>();

    /** Whether the table has had an entry. */
    private static volatile boolean isTableUsed;

    private TaskSubmitters() {}

    /** Initializes classes now, since a hook may have too little stack left for that. */
    static void initialize() {
        TABLE.put(TABLE, Membership.ROOT);
        TABLE.remove(TABLE);
    }

    /** Whether the submitter of the task is recorded here. */
    static boolean keeps(Object task) {
        return place(task) != NOWHERE;
    }

    private static int place(Object task) {
        int state = TaskClasses.forkJoinTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof ForkJoinTask) {
            return state == TaskClasses.WITH_FIELD ? FORK_JOIN_TASK : IN_TABLE;
        }
        state = TaskClasses.futureTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof FutureTask) {
            return state == TaskClasses.WITH_FIELD ? FUTURE_TASK : IN_TABLE;
        }
        state = TaskClasses.timerTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof TimerTask) {
            return state == TaskClasses.WITH_FIELD ? TIMER_TASK : IN_TABLE;
        }
        return NOWHERE;
    }

    private static void use() {
        if (!isTableUsed) {
            isTableUsed = true;
        }
    }

    /** Whether the task may run repeatedly, each time for the thread that scheduled it. */
    static boolean isScheduled(Object task) {
        TaskAccess access = Jdk.TASKS;
        return TaskClasses.areScheduledTasksLoaded && access != null && access.isScheduled(task);
    }

    /** The submitter of a task; null if it has none, or if it is not recorded here. */
    static @Nullable Membership of(Object task) {
        int place = place(task);
        Object known = place == IN_TABLE
                ? isTableUsed ? TABLE.get(task) : null
                : place == NOWHERE ? null : read(place, task);
        return known == null ? null : TimedSubmitter.of(known);
    }

    /** Does nothing if submitters of such tasks are not recorded here. */
    static void set(Object task, @Nullable Membership submitter) {
        int place = place(task);
        if (place > NOWHERE) {
            write(place, task, submitter);
        } else if (place == NOWHERE) {
            return;
        } else if (submitter == null) {
            TABLE.remove(task);
        } else {
            ForkedTasks.recordEarlier();
            use();
            TABLE.put(task, submitter);
        }
    }

    /**
     * As {@link #set}, unless the task has a submitter already. Its wait begins now.
     *
     * @param submitter null if the task gets none
     */
    static void setFirst(Object task, @Nullable Membership submitter) {
        int place = place(task);
        if (place == IN_TABLE) {
            use();
            Object known = submitter == null
                    ? TABLE.get(task)
                    : TABLE.putIfAbsent(task, TimedSubmitter.waiting(submitter));
            if (known != null && QueuedTime.isMeasured()) {
                TABLE.replace(task, known, TimedSubmitter.waiting(TimedSubmitter.of(known)));
            }
        } else if (place != NOWHERE) {
            Object known = read(place, task);
            if (known == null && submitter != null) {
                write(place, task, TimedSubmitter.waiting(submitter));
            } else if (known != null && QueuedTime.isMeasured()) {
                write(place, task, TimedSubmitter.waiting(TimedSubmitter.of(known)));
            }
        }
    }

    /**
     * Returns the submitter and clears it, since an object that outlives the run must not refer to
     * a container. Charges the wait, which has ended.
     */
    static @Nullable Membership take(Object task) {
        Object known = takeRecord(task);
        return known == null ? null : TimedSubmitter.ofEnded(known);
    }

    /**
     * As {@link #take}, for a fork-join task.
     *
     * @param worker the worker that is about to run it, or null
     */
    static @Nullable Membership take(Object task, @Nullable ForkJoinWorker worker) {
        Object known = TaskClasses.areForksStacked
                ? ForkedTasks.take(task, worker == null ? null : worker.forked())
                : null;
        if (known == null) {
            known = takeRecord(task);
        }
        return known == null ? null : TimedSubmitter.ofEnded(known);
    }

    /**
     * Copies a record of {@link ForkedTasks} to the table.
     *
     * @return false if the table has another record of the task
     */
    static boolean keep(Object task, Object record) {
        use();
        return TABLE.putIfAbsent(task, record) == null;
    }

    /** Removes a record that {@link #keep} has copied. */
    static void withdraw(Object task, Object record) {
        TABLE.replace(task, record, null);
    }

    /**
     * When the wait of a task began, by {@code System.nanoTime()}; 0 if that is not known. Clears
     * the record.
     */
    static long takeSince(Object task) {
        return TimedSubmitter.since(takeRecord(task));
    }

    private static @Nullable Object takeRecord(Object task) {
        int place = place(task);
        if (place == IN_TABLE) {
            return isTableUsed ? TABLE.remove(task) : null;
        }
        return place == NOWHERE ? null : takeRecord(place, task);
    }

    /** Clears the submitter of a task that is not charged to it. */
    static void drop(Object task) {
        if (of(task) != null) {
            set(task, null);
        }
    }

    private static @Nullable Membership take(int kind, Object holder) {
        Object known = takeRecord(kind, holder);
        return known == null ? null : TimedSubmitter.ofEnded(known);
    }

    private static @Nullable Object takeRecord(int kind, Object holder) {
        Object known = read(kind, holder);
        if (known != null) {
            write(kind, holder, null);
        }
        return known;
    }

    private static @Nullable Object read(int kind, Object holder) {
        TaskAccess access = Jdk.TASKS;
        try {
            return access == null ? null : access.submitter(kind, holder);
        } catch (NoSuchFieldError lacking) {
            TaskClasses.lacksField(kind);
            return null;
        }
    }

    private static void write(int kind, Object holder, @Nullable Object submitter) {
        TaskAccess access = Jdk.TASKS;
        try {
            if (access != null) {
                access.submitter(kind, holder, submitter);
            }
        } catch (NoSuchFieldError lacking) {
            TaskClasses.lacksField(kind);
        }
    }

    /** The submitter of the task in a queue's node. Only if {@link TaskClasses} says it has one. */
    static @Nullable Membership takeFromNode(Object node) {
        return take(QUEUE_NODE, node);
    }

    static void setInNode(Object node, Membership submitter) {
        write(QUEUE_NODE, node, TimedSubmitter.waiting(submitter));
    }

    /** The submitter of a worker's first task. */
    static @Nullable Membership takeFromWorker(Object worker) {
        return take(POOL_WORKER, worker);
    }

    static void setInWorker(Object worker, Membership submitter) {
        write(POOL_WORKER, worker, TimedSubmitter.waiting(submitter));
    }
}
