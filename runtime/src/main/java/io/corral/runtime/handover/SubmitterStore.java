package io.corral.runtime.handover;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import io.corral.runtime.membership.Membership;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps the submitter of a waiting task: a field of the task, of the queue's node or of the
 * worker that holds it; one table for all tasks of a class that could not get the field; or the
 * pool, in its queue or in a table of its own ({@link SubmissionTable}).
 *
 * <p>The table does not keep tasks reachable. It is used only if a class was loaded before the
 * agent. Tasks that a worker has forked are in {@link ForkedTasks} first.
 */
public enum SubmitterStore {
    FUTURE_TASK(TaskAccess.FUTURE_TASK),
    FORK_JOIN_TASK(TaskAccess.FORK_JOIN_TASK),
    TIMER_TASK(TaskAccess.TIMER_TASK),
    /** The node of a queue. Only if {@link TaskClasses} says that it has the field. */
    QUEUE_NODE(TaskAccess.QUEUE_NODE),
    /** The worker that is made for its first task. */
    POOL_WORKER(TaskAccess.POOL_WORKER),
    TABLE(0),
    /** The pool, for tasks that cannot carry a field. The methods here do nothing then. */
    POOL(0);

    /** The record of each task. */
    private static final WeakIdentityMap<Object> BY_TASK = new WeakIdentityMap<>();

    /** Whether the table has had an entry. */
    private static volatile boolean isTableUsed;

    /** The constant of {@link TaskAccess} for the field; 0 if this is no field. */
    private final int field;

    SubmitterStore(int field) {
        this.field = field;
    }

    /** Initializes classes now, since a hook may have too little stack left for that. */
    static void initialize() {
        BY_TASK.put(BY_TASK, Membership.ROOT);
        BY_TASK.remove(BY_TASK);
    }

    /** The store of a task. */
    public static SubmitterStore of(Object task) {
        int state = TaskClasses.forkJoinTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof ForkJoinTask) {
            return state == TaskClasses.WITH_FIELD ? FORK_JOIN_TASK : TABLE;
        }
        state = TaskClasses.futureTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof FutureTask) {
            return state == TaskClasses.WITH_FIELD ? FUTURE_TASK : TABLE;
        }
        state = TaskClasses.timerTask;
        if (state != TaskClasses.NOT_LOADED && task instanceof TimerTask) {
            return state == TaskClasses.WITH_FIELD ? TIMER_TASK : TABLE;
        }
        return POOL;
    }

    /**
     * Records that a fork-join task was submitted from no container, if it has no record.
     *
     * @param worker the worker that is about to run it, or null
     */
    public static void setRootIfNone(Object task, @Nullable ForkJoinWorker worker) {
        SubmitterStore store = of(task);
        if (store != TABLE) {
            if (store.read(task) == null) {
                store.write(task, Membership.ROOT);
            }
        } else if (!ForkedTasks.has(task, worker == null ? null : worker.forked())) {
            keep(task, Membership.ROOT);
        }
    }

    private static void useTable() {
        if (!isTableUsed) {
            isTableUsed = true;
        }
    }

    /** Whether the task may run repeatedly, each time for the thread that scheduled it. */
    public static boolean isScheduled(Object task) {
        TaskAccess access = Jdk.TASKS;
        return TaskClasses.areScheduledTasksLoaded && access != null && access.isScheduled(task);
    }

    /** The submitter; null if there is none. */
    public @Nullable Membership submitter(Object holder) {
        Object known = record(holder);
        return known == null ? null : SubmitterRecord.of(known);
    }

    /**
     * Passes on when the wait of a task in a queue began, if that is recorded.
     *
     * @param node the node of the queue that holds it, or null
     */
    static void forEachWait(Object task, @Nullable Object node, QueuedTime.Wait wait) {
        SubmitterStore store = of(task);
        Object known = null;
        if (store != POOL) {
            known = isScheduled(task) ? store.submitter(task) : store.record(task);
        } else if (node != null && TaskClasses.areSubmittersInQueues()) {
            known = QUEUE_NODE.record(node);
        }
        if (known != null) {
            SubmitterRecord.addTo(wait, known, task);
        }
    }

    private @Nullable Object record(Object holder) {
        if (field != 0) {
            return read(holder);
        }
        return this == TABLE && isTableUsed ? BY_TASK.get(holder) : null;
    }

    /** @param submitter null to remove the record */
    public void set(Object holder, @Nullable Membership submitter) {
        if (field != 0) {
            write(holder, submitter);
        } else if (this == TABLE && submitter == null) {
            BY_TASK.remove(holder);
        } else if (this == TABLE && submitter != null) {
            ForkedTasks.recordEarlier();
            useTable();
            BY_TASK.put(holder, submitter);
        }
    }

    /**
     * As {@link #set}, unless the task has a submitter already. Its wait begins now.
     *
     * @param submitter null if the task gets none
     */
    public void setFirst(Object task, @Nullable Membership submitter) {
        if (this == TABLE) {
            useTable();
            Object known = submitter == null
                    ? BY_TASK.get(task)
                    : BY_TASK.putIfAbsent(task, SubmitterRecord.waiting(submitter));
            if (known != null && QueuedTime.isMeasured()) {
                BY_TASK.replace(task, known, SubmitterRecord.waiting(SubmitterRecord.of(known)));
            }
        } else if (field != 0) {
            Object known = read(task);
            if (known == null && submitter != null) {
                write(task, SubmitterRecord.waiting(submitter));
            } else if (known != null && QueuedTime.isMeasured()) {
                write(task, SubmitterRecord.waiting(SubmitterRecord.of(known)));
            }
        }
    }

    /** Records the submitter of a task whose wait begins now, in a node or a worker. */
    public void begin(Object holder, Membership submitter) {
        write(holder, SubmitterRecord.waiting(submitter));
    }

    /**
     * Returns the submitter and clears it, since an object that outlives the run must not refer to
     * a container. Charges the wait, which has ended.
     */
    public @Nullable Membership take(Object holder) {
        Object known = takeRecord(holder);
        return known == null ? null : SubmitterRecord.ofEnded(known);
    }

    /**
     * As {@link #take}, for a fork-join task.
     *
     * @param worker the worker that is about to run it, or null
     */
    public static @Nullable Membership takeForkJoin(Object task, @Nullable ForkJoinWorker worker) {
        Object known = TaskClasses.areForksStacked
                ? ForkedTasks.take(task, worker == null ? null : worker.forked())
                : null;
        if (known == null) {
            known = of(task).takeRecord(task);
        }
        return known == null ? null : SubmitterRecord.ofEnded(known, task);
    }

    /**
     * Removes the record of a fork-join task that will not run for its submitter.
     *
     * @param worker the worker that has taken it back, or null
     */
    public static void forgetForkJoin(Object task, @Nullable ForkJoinWorker worker) {
        if (TaskClasses.areForksStacked) {
            ForkedTasks.take(task, worker == null ? null : worker.forked());
        }
        of(task).drop(task);
    }

    /**
     * Copies a record of {@link ForkedTasks} to the table.
     *
     * @return false if the table has another record of the task
     */
    public static boolean keep(Object task, Object record) {
        useTable();
        return BY_TASK.putIfAbsent(task, record) == null;
    }

    /** Removes a record that {@link #keep} has copied. */
    static void withdraw(Object task, Object record) {
        BY_TASK.replace(task, record, null);
    }

    /**
     * When the wait of a task began, by {@code System.nanoTime()}; 0 if that is not known. Clears
     * the record.
     */
    public long takeSince(Object task) {
        return SubmitterRecord.since(takeRecord(task));
    }

    private @Nullable Object takeRecord(Object holder) {
        if (field == 0) {
            return this == TABLE && isTableUsed ? BY_TASK.remove(holder) : null;
        }
        Object known = read(holder);
        if (known != null) {
            write(holder, null);
        }
        return known;
    }

    /** Clears the submitter of a task that is not charged to it. */
    public void drop(Object task) {
        if (record(task) != null) {
            set(task, null);
        }
    }

    private @Nullable Object read(Object holder) {
        TaskAccess access = Jdk.TASKS;
        try {
            return access == null ? null : access.submitter(field, holder);
        } catch (NoSuchFieldError lacking) {
            TaskClasses.lacksField(field);
            return null;
        }
    }

    private void write(Object holder, @Nullable Object record) {
        TaskAccess access = Jdk.TASKS;
        try {
            if (access != null) {
                access.submitter(field, holder, record);
            }
        } catch (NoSuchFieldError lacking) {
            TaskClasses.lacksField(field);
        }
    }
}
