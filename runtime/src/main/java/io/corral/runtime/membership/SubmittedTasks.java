package io.corral.runtime.membership;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of one pool come from that can't be told that themselves. An object that was submitted several times is
 * here as often, and first come is first served.
 */
public final class SubmittedTasks {

    /** So often it is looked whether tasks are here that are in the pool's queue no more. */
    private static final int SWEEP_EVERY = 1_024;

    private final ConcurrentHashMap<Task, Submission> submissions = new ConcurrentHashMap<>(4);

    /** Roughly: racing submissions may lose one. */
    private int sinceSweep;

    public boolean isEmpty() {
        return submissions.isEmpty();
    }

    public void add(Object task, Membership submitter) {
        Task key = new Task(task);
        Submission added = new Submission(submitter, null);
        for (Submission known = submissions.putIfAbsent(key, added);
                known != null && !submissions.replace(key, known, known.and(added));
                known = submissions.putIfAbsent(key, added)) {
            // Another has been submitted, or begun, meanwhile.
        }
    }

    /** What was submitted first of these, or null if there is nothing. */
    public @Nullable Membership take(Object task) {
        Task key = new Task(task);
        for (Submission known = submissions.get(key); known != null; known = submissions.get(key)) {
            if (known.next == null
                    ? submissions.remove(key, known)
                    : submissions.replace(key, known, known.next)) {
                return known.submitter;
            }
        }
        return null;
    }

    public void clear() {
        submissions.clear();
    }

    /** Whether {@link #sweep} is due. */
    public boolean isSweepDue() {
        return ++sinceSweep >= SWEEP_EVERY;
    }

    /**
     * Lets go of tasks that were taken out of the pool's queue and that nobody will run: of what was here at the last sweep
     * already, and is not in the queue. (What is on its way into the queue, or out of it, came later than that.)
     */
    public void sweep(Iterable<?> queue) {
        sinceSweep = 0;
        Set<Object> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object task : queue) {
            waiting.add(task);
        }
        for (Iterator<Task> tasks = submissions.keySet().iterator(); tasks.hasNext(); ) {
            Task task = tasks.next();
            if (!waiting.contains(task.task) && task.isOld) {
                tasks.remove();
            }
            task.isOld = true;
        }
    }

    /** By identity. */
    private static final class Task {

        private final Object task;
        private boolean isOld;

        Task(Object task) {
            this.task = task;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(task);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Task that && that.task == task;
        }
    }

    /** Never changed. */
    private static final class Submission {

        private final Membership submitter;
        private final @Nullable Submission next;

        Submission(Membership submitter, @Nullable Submission next) {
            this.submitter = submitter;
            this.next = next;
        }

        Submission and(Submission last) {
            return new Submission(submitter, next == null ? last : next.and(last));
        }
    }
}
