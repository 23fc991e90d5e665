package io.corral.runtime.handover;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of tasks that one worker of a fork-join pool has forked since it last waited, if
 * the class of the tasks could not get a field for the submitter. A worker usually runs its
 * youngest task next. So this is a stack, and a look at its top replaces the look-up in a table,
 * which needs an identity hash: the first one of an object takes longer than to fork and join a
 * task.
 *
 * <p>Only the worker adds entries. Another worker that has stolen a task finds its entry: it was
 * added before the task was published, and the worker removes only entries above it. Tasks are not
 * kept reachable.
 */
final class ForkedTasks {

    /** The table of {@link TaskSubmitters} has further tasks. */
    static final int CAPACITY = 64;

    /** The stacks of all workers that have forked a task since they last waited. */
    private static final AtomicReference<ForkedTasks[]> OPEN =
            new AtomicReference<>(new ForkedTasks[0]);

    /** The runtime does not refer to a class of such tasks before it is loaded. */
    private static volatile boolean areSomeRecordedEarlier;

    private final @Nullable Entry[] entries = new Entry[CAPACITY];

    /** Accessed by the worker only. */
    private int size;

    private ForkedTasks() {}

    /** Initializes this class now, since a hook may have too little stack left for that. */
    static void initialize() {}

    /** Called where the submitter of a task is recorded when the task is created. */
    static void recordEarlier() {
        if (!areSomeRecordedEarlier) {
            areSomeRecordedEarlier = true;
        }
    }

    /** Whether the submitter of such a task was recorded when the task was created. */
    static boolean isRecordedEarlier(Object task) {
        return areSomeRecordedEarlier && task instanceof AsynchronousCompletionTask;
    }

    /** Called by a worker that forks its first task since it last waited. */
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
     * have not begun, or the application has taken them out of the queue: the table gets them.
     */
    void close() {
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            Object task = entry == null ? null : entry.get();
            if (entry != null && task != null) {
                TaskSubmitters.keep(task, entry.submitter);
                if (entry.refersTo(null)) {
                    // Another worker has taken the submitter meanwhile.
                    TaskSubmitters.set(task, null);
                }
            }
        }
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
     * @param submitter the value that {@link TimedSubmitter} records
     * @return false if there is no room
     */
    boolean add(Object task, Object submitter) {
        if (size == CAPACITY && !hasDroppedStolen()) {
            return false;
        }
        entries[size++] = new Entry(task, submitter);
        return true;
    }

    /** Removes the entries on top whose tasks were stolen or collected. */
    private boolean hasDroppedStolen() {
        int before = size;
        for (Entry top = top(); top != null && top.refersTo(null); top = top()) {
            pop();
        }
        return size < before;
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
    static @Nullable Object take(Object task, @Nullable ForkedTasks own) {
        Entry top = own == null ? null : own.top();
        if (own != null && top != null && top.refersTo(task)) {
            own.pop();
            return top.submitter;
        }
        return own != null && own.hasDroppedStolen() ? take(task, own) : takeAnywhere(task);
    }

    private static @Nullable Object takeAnywhere(Object task) {
        for (ForkedTasks each : allOpen()) {
            Object submitter = each.clear(task);
            if (submitter != null) {
                return submitter;
            }
        }
        return null;
    }

    private @Nullable Object clear(Object task) {
        for (Entry entry : entries) {
            if (entry == null) {
                return null;
            }
            if (entry.refersTo(task)) {
                entry.clear();
                return entry.submitter;
            }
        }
        return null;
    }

    private static final class Entry extends WeakReference<Object> {

        final Object submitter;

        Entry(Object task, Object submitter) {
            super(task);
            this.submitter = submitter;
        }
    }
}
