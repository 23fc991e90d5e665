package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of one pool come from that can't be told that themselves, and whose queue does not remember it. An object that was submitted several times is
 * here as often, and first come is first served.
 */
public final class SubmittedTasks {

    /** So many tasks, and as many as there are twice, come before it is looked again for some that nobody will run. */
    private static final int LEAST_BETWEEN_SWEEPS = 1_024;

    /** What was in no queue for so long is not on its way into it, or out of it to be run. */
    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ConcurrentHashMap<Task, Submissions> submissions = new ConcurrentHashMap<>(4);
    private final AtomicBoolean isSwept = new AtomicBoolean();

    /** Roughly: racing submissions may lose one. */
    private long untilSweep = LEAST_BETWEEN_SWEEPS;

    public boolean isEmpty() {
        return submissions.isEmpty();
    }

    public void add(Object task, Membership submitter) {
        Task key = new Task(task);
        Submissions first = new Submissions(new Submission(submitter, null), null);
        while (true) {
            Submissions known = submissions.putIfAbsent(key, first);
            if (known == null || submissions.replace(key, known, known.and(submitter))) {
                return;
            }
        }
    }

    /** For an object that is here already, from elsewhere: this time it is another's. */
    public void addIfKnown(Object task, Membership submitter) {
        Task key = new Task(task);
        for (Submissions known = submissions.get(key);
                known != null && !submissions.replace(key, known, known.and(submitter));
                known = submissions.get(key)) {
            // Another has been submitted, or begun, meanwhile.
        }
    }

    /** What was submitted first of these, or null if there is nothing. */
    public @Nullable Membership take(Object task) {
        Task key = new Task(task);
        for (Submissions known = submissions.get(key);
                known != null;
                known = submissions.get(key)) {
            Submissions inOrder = known.inOrder();
            Submissions rest = inOrder.withoutFirst();
            if (leave(key, known, rest)) {
                return inOrder.first();
            }
        }
        return null;
    }

    /** @return false if another has been submitted, or begun, meanwhile */
    private boolean leave(Task key, Submissions known, @Nullable Submissions rest) {
        return rest == null
                ? submissions.remove(key, known)
                : submissions.replace(key, known, rest);
    }

    /** Takes back what was submitted last of these, if there is something: the pool does not take it. */
    public void withdrawLast(Object task) {
        Task key = new Task(task);
        for (Submissions known = submissions.get(key);
                known != null;
                known = submissions.get(key)) {
            Submissions rest = known.withoutLast();
            if (leave(key, known, rest)) {
                return;
            }
        }
    }

    public void clear() {
        submissions.clear();
    }

    /**
     * Now and then, by one at a time: lets go of tasks that were taken out of the pool's queue, and that nobody will run.
     *
     * @param queue the pool's
     */
    public void sweepIfDue(Iterable<?> queue) {
        if (--untilSweep <= 0 && isSwept.compareAndSet(false, true)) {
            try {
                sweep(queue);
                untilSweep = Math.max(LEAST_BETWEEN_SWEEPS, 2 * submissions.mappingCount());
            } finally {
                isSwept.set(false);
            }
        }
    }

    private void sweep(Iterable<?> queue) {
        Set<Object> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object task : queue) {
            waiting.add(task);
        }
        long now = System.nanoTime();
        for (Iterator<Task> tasks = submissions.keySet().iterator(); tasks.hasNext(); ) {
            Task task = tasks.next();
            if (waiting.contains(task.task)) {
                task.isMissing = false;
            } else if (!task.isMissing) {
                task.isMissing = true;
                task.missingSince = now;
            } else if (now - task.missingSince > GONE_NANOS) {
                tasks.remove();
            }
        }
    }

    /** By identity. What is missing is the sweeper's. */
    private static final class Task {

        private final Object task;
        private boolean isMissing;
        private long missingSince;

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

    /** Never changed: those that come first in their order, and the later ones in the opposite one. */
    private static final class Submissions {

        private final @Nullable Submission front;
        private final @Nullable Submission back;

        Submissions(@Nullable Submission front, @Nullable Submission back) {
            this.front = front;
            this.back = back;
        }

        Submissions and(Membership last) {
            return new Submissions(front, new Submission(last, back));
        }

        /** With one in front. */
        Submissions inOrder() {
            return front != null ? this : new Submissions(turned(back), null);
        }

        private static @Nullable Submission turned(@Nullable Submission some) {
            Submission turned = null;
            for (Submission next = some; next != null; next = next.next) {
                turned = new Submission(next.submitter, turned);
            }
            return turned;
        }

        @Nullable Membership first() {
            return front == null ? null : front.submitter;
        }

        /** Null if that leaves none. */
        @Nullable Submissions withoutFirst() {
            Submission next = front == null ? null : front.next;
            return next == null && back == null ? null : new Submissions(next, back);
        }

        /** Null if that leaves none. */
        @Nullable Submissions withoutLast() {
            Submission last = back != null ? back : turned(front);
            Submission earlier = last == null ? null : last.next;
            Submission first = back != null ? front : null;
            return first == null && earlier == null ? null : new Submissions(first, earlier);
        }
    }

    private static final class Submission {

        private final Membership submitter;
        private final @Nullable Submission next;

        Submission(Membership submitter, @Nullable Submission next) {
            this.submitter = submitter;
            this.next = next;
        }
    }
}
