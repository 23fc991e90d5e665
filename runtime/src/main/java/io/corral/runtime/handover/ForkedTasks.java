package io.corral.runtime.handover;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of tasks that one worker of a fork-join pool has forked, if the class of the tasks
 * could not get a field for the submitter. A worker usually runs its youngest task next. So this is
 * a stack, and a look at its top replaces the look-up in a table, which needs an identity hash: the
 * first one of an object takes longer than to fork and join a task.
 *
 * <p>Only the worker adds entries. Another worker that has stolen a task finds its entry: it was
 * added before the task was published, and the worker removes only entries above it. Tasks are not
 * kept reachable.
 */
public final class ForkedTasks {

    /** The table of {@link SubmitterStore} has further tasks. */
    static final int CAPACITY = 64;

    /** The stacks that may have entries. */
    private static final AtomicReference<ForkedTasks[]> OPEN =
            new AtomicReference<>(new ForkedTasks[0]);

    /** The runtime does not refer to a class of such tasks before it is loaded. */
    private static volatile boolean areSomeRecordedEarlier;

    /**
     * Whether the application has taken a task back that it had forked. It may fork the task again,
     * which would then have two entries. So from then on the table has all tasks.
     */
    private static volatile boolean isStopped;

    private final @Nullable Entry[] entries = new Entry[CAPACITY];

    /** Accessed by the worker only. */
    private int size;

    private ForkedTasks() {}

    /** Initializes classes now, since a hook may have too little stack left for that. */
    static void initialize() {
        new Entry(OPEN, OPEN).take();
    }

    public static void stop() {
        if (!isStopped) {
            isStopped = true;
        }
    }

    public static boolean isStopped() {
        return isStopped;
    }

    /** Called where the submitter of a task is recorded when the task is created. */
    static void recordEarlier() {
        if (!areSomeRecordedEarlier) {
            areSomeRecordedEarlier = true;
        }
    }

    /** Whether the submitter of such a task was recorded when the task was created. */
    public static boolean isRecordedEarlier(Object task) {
        return areSomeRecordedEarlier && task instanceof AsynchronousCompletionTask;
    }

    /** Called by a worker that forks a task and has no stack. */
    static ForkedTasks open() {
        ForkedTasks opened = new ForkedTasks();
        ForkedTasks[] known;
        ForkedTasks[] more;
        do {
            known = allOpen();
            more = new ForkedTasks[known.length + 1];
            System.arraycopy(known, 0, more, 0, known.length);
            more[known.length] = opened;
        } while (!OPEN.compareAndSet(known, more));
        return opened;
    }

    /**
     * Called by the worker when its queue is empty. Tasks that still have an entry were stolen and
     * have not begun, or the application has taken them out of the queue.
     *
     * @return whether there is no such task, so that the stack was closed
     */
    boolean closeIfEmpty() {
        dropTaken();
        if (size == 0) {
            remove();
        }
        return size == 0;
    }

    /** Called when the worker ends: the table gets the tasks that still have an entry. */
    void close() {
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            Object task = entry == null || entry.isTaken() ? null : entry.get();
            if (entry != null && task != null) {
                // In this order, so that another worker finds the one or the other.
                boolean isKept = SubmitterStore.keep(task, entry.submitter);
                if (!entry.take() && isKept) {
                    SubmitterStore.withdraw(task, entry.submitter);
                }
            }
        }
        remove();
    }

    private void remove() {
        ForkedTasks[] known;
        ForkedTasks[] fewer;
        do {
            known = allOpen();
            fewer = new ForkedTasks[known.length - 1];
            int kept = 0;
            for (ForkedTasks each : known) {
                if (each != this) {
                    fewer[kept++] = each;
                }
            }
        } while (!OPEN.compareAndSet(known, fewer));
    }

    private static ForkedTasks[] allOpen() {
        return Objects.requireNonNull(OPEN.get());
    }

    /**
     * Called by the worker.
     *
     * @param submitter the value that {@link SubmitterRecord} records
     * @return false if there is no room
     */
    boolean add(Object task, Object submitter) {
        if (size == CAPACITY) {
            dropTaken();
        }
        if (size == CAPACITY) {
            return false;
        }
        // The constructor may find no memory or stack: then the stack is as before.
        entries[size] = new Entry(task, submitter);
        size++;
        return true;
    }

    /** Removes the entries on top whose tasks were stolen or collected. */
    private void dropTaken() {
        for (Entry top = top(); top != null && (top.isTaken() || top.refersTo(null)); top = top()) {
            pop();
        }
    }

    private @Nullable Entry top() {
        return size == 0 ? null : entries[size - 1];
    }

    private void pop() {
        entries[--size] = null;
    }

    /**
     * Removes a task that is about to run.
     *
     * @param own the stack of the worker that runs it, or null
     * @return null if no stack has the task
     */
    public static @Nullable Object take(Object task, @Nullable ForkedTasks own) {
        if (own != null) {
            Entry top = own.top();
            if (top != null && !top.refersTo(task)) {
                own.dropTaken();
                top = own.top();
            }
            if (top != null && top.refersTo(task) && !top.isTaken()) {
                own.pop();
                return top.submitter;
            }
        }
        return takeAnywhere(task);
    }

    /**
     * Whether a stack has the task.
     *
     * @param own the stack of the worker that is about to run it, or null
     */
    static boolean has(Object task, @Nullable ForkedTasks own) {
        Entry top = own == null ? null : own.top();
        if (top != null && top.refersTo(task) && !top.isTaken()) {
            return true;
        }
        for (ForkedTasks each : allOpen()) {
            if (each.hasHere(task)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasHere(Object task) {
        for (Entry entry : entries) {
            if (entry == null) {
                return false;
            }
            if (entry.refersTo(task) && !entry.isTaken()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object takeAnywhere(Object task) {
        for (ForkedTasks each : allOpen()) {
            Object submitter = each.takeHere(task);
            if (submitter != null) {
                return submitter;
            }
        }
        return null;
    }

    private @Nullable Object takeHere(Object task) {
        for (Entry entry : entries) {
            if (entry == null) {
                return null;
            }
            if (entry.refersTo(task) && entry.take()) {
                return entry.submitter;
            }
        }
        return null;
    }

    private static final class Entry extends WeakReference<Object> {

        private static final AtomicIntegerFieldUpdater<Entry> TAKEN =
                AtomicIntegerFieldUpdater.newUpdater(Entry.class, "taken");

        final Object submitter;

        /** 1 once the submitter was taken, by another worker or by {@link ForkedTasks#close}. */
        private volatile int taken;

        Entry(Object task, Object submitter) {
            super(task);
            this.submitter = submitter;
        }

        boolean isTaken() {
            return taken != 0;
        }

        /** @return false if another thread has taken it */
        boolean take() {
            return TAKEN.compareAndSet(this, 0, 1);
        }
    }
}
