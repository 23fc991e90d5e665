package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The submitters of tasks of one pool, if neither the tasks nor the nodes of the queue have a field
 * for the submitter. It keeps neither the pool nor a task reachable.
 *
 * <p>One object may be submitted several times, by several submitters. Its runs are charged to them
 * in their order. If the application itself takes a task out of the queue, the record stays until
 * one of three events: the task is collected, the object has more records than the queue has tasks,
 * or the queue has been empty at three checks, a second apart.
 */
public final class SubmissionTable {

    private static final WeakIdentityMap<SubmissionTable> BY_POOL = new WeakIdentityMap<>();

    /** Whether any pool has such a table; most programs never need one. */
    private static volatile boolean anyKnown;

    /**
     * The largest number of submissions of one object that can be between the submission and the
     * queue, or between the queue and the worker.
     */
    private static final int MAX_IN_TRANSIT = 1_024;

    /**
     * The shortest round. A task gets from its submission into the queue, or from the queue to its
     * run, within this time.
     */
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WeakIdentityMap<SubmitterQueue> submitters = new WeakIdentityMap<>();

    /**
     * The number of the round. A round ends when the queue is empty at a check. Written by the
     * background thread.
     */
    private volatile int round;

    /** Read and written by the background thread. */
    private long roundNanoTime = System.nanoTime();

    /** Written by the background thread. */
    private volatile long trimmedNanoTime = System.nanoTime();

    /** Not exact: concurrent submissions may count as one. */
    private int untilTrim = MAX_IN_TRANSIT;

    /** 1 while the background thread has been asked to trim and has not done so yet. */
    private final AtomicInteger isTrimAsked = new AtomicInteger();

    private SubmissionTable() {}

    /** Initializes this class now, since a hook may have too little stack left for that. */
    static void initialize() {}

    /** A table for the items of an executor that is no pool of the JDK's. */
    static SubmissionTable ofItems() {
        return new SubmissionTable();
    }

    /** The table of a pool, or null. */
    public static @Nullable SubmissionTable ofKnown(Object pool) {
        return anyKnown ? BY_POOL.get(pool) : null;
    }

    public static SubmissionTable of(Object pool) {
        SubmissionTable known = ofKnown(pool);
        if (known != null) {
            return known;
        }
        SubmissionTable made = new SubmissionTable();
        SubmissionTable other = BY_POOL.putIfAbsent(pool, made);
        anyKnown = true;
        return other == null ? made : other;
    }

    public void add(Object task, Membership submitter, Collection<?> queue) {
        SubmitterQueue first = SubmitterQueue.of(submitter, round);
        SubmitterQueue known = submitters.putIfAbsent(task, first);
        while (known != null) {
            if (submitters.replace(task, known, known.and(submitter, round))) {
                trimIfDue(queue);
                return;
            }
            known = submitters.putIfAbsent(task, first);
        }
    }

    /** Records a submission without a container, if the object has records of other submitters. */
    public void addIfKnown(Object task, Membership root) {
        for (SubmitterQueue known = submitters.get(task);
                known != null && !submitters.replace(task, known, known.and(root, round));
                known = submitters.get(task)) {
            // Another thread has submitted it or has begun to run it: try again.
        }
    }

    /** @return the first submitter, or null if there is none */
    public @Nullable Membership take(Object task) {
        for (SubmitterQueue known = submitters.get(task);
                known != null;
                known = submitters.get(task)) {
            SubmitterQueue inOrder = known.inOrder();
            if (submitters.replace(task, known, inOrder.withoutFirst())) {
                return inOrder.takeFirst();
            }
        }
        return null;
    }

    /** Removes the last submission, if there is one, since the pool has rejected the task. */
    public void withdrawLast(Object task) {
        for (SubmitterQueue known = submitters.get(task);
                known != null && !submitters.replace(task, known, known.withoutLast());
                known = submitters.get(task)) {
            // Another thread changed the record: try again.
        }
    }

    public void clear() {
        submitters.clear();
    }

    private void trimIfDue(Collection<?> queue) {
        boolean isDue = --untilTrim <= 0 || System.nanoTime() - trimmedNanoTime > ROUND_NANOS;
        if (isDue && isTrimAsked.get() == 0) {
            WeakIdentityMap.later(new Trimming(this, queue), isTrimAsked);
        }
    }

    /** Called on the background thread. */
    void trim(Collection<?> queue, long now) {
        trimmedNanoTime = now;
        untilTrim = MAX_IN_TRANSIT;
        int current = round;
        if (now - roundNanoTime > ROUND_NANOS && queue.isEmpty()) {
            roundNanoTime = now;
            current++;
            round = current;
        }
        submitters.changeAll(new Since(current - 2, queue.size() + MAX_IN_TRANSIT));
    }

    /** Runs on the background thread, since a queue of the application may take locks. */
    private record Trimming(SubmissionTable tasks, Collection<?> queue) implements Runnable {
        @Override
        public void run() {
            try {
                tasks.trim(queue, System.nanoTime());
            } finally {
                tasks.isTrimAsked.set(0);
            }
        }
    }

    private record Since(int round, int most) implements WeakIdentityMap.Change<SubmitterQueue> {
        @Override
        public @Nullable SubmitterQueue of(SubmitterQueue submitters) {
            return submitters.since(round, most);
        }
    }
}
