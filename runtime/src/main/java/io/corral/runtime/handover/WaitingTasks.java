package io.corral.runtime.handover;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tasks that wait in the queues of pools, so that a reading includes their waits. A
 * record says when a wait began, but a task can leave a queue without a hook, so nothing is counted
 * ahead: a reader looks into the queues. It finds a task by the record of its submitter, which is
 * cleared before the wait is charged. So no wait is in a reading twice.
 *
 * <p>It looks into queues of the JDK, and into those of subclasses of {@code LinkedBlockingQueue}.
 * Other queues may take locks of the application. Tasks whose submitter is in a
 * {@link SubmissionTable}, and those of a {@code ForkJoinPool}, are charged when their wait ends.
 */
public final class WaitingTasks implements QueuedTime.WaitingTasks {

    /** How many tasks a reading looks at. Those at the head of a queue have waited longest. */
    private static final int MOST = 100_000;

    /** The queues of pools that have had a worker since queued time is measured. */
    private static final WeakIdentityMap<Boolean> QUEUES = new WeakIdentityMap<>();

    /** The offsets of private fields of {@code LinkedBlockingQueue}; null if there are none. */
    private static final @Nullable LinkedFields LINKED = LinkedFields.find();

    private WaitingTasks() {}

    /** A call initializes this class, and lets readings look here. */
    static void initialize() {
        QueuedTime.tasks(new WaitingTasks());
    }

    /** Called where a worker of a pool starts. */
    public static void workerStarts(Object queue) {
        if (QueuedTime.isMeasured() && QUEUES.get(queue) == null) {
            QUEUES.put(queue, Boolean.TRUE);
        }
    }

    @Override
    public void forEach(QueuedTime.Wait wait) {
        int left = MOST;
        for (Object queue : QUEUES.keys()) {
            if (queue instanceof LinkedBlockingQueue<?> linked && LINKED != null) {
                left = LINKED.forEach(linked, left, wait);
            } else if (queue instanceof Collection<?> tasks
                    && queue.getClass().getClassLoader() == null) {
                left = forEach(tasks.toArray(), left, wait);
            }
        }
    }

    private static int forEach(Object[] tasks, int most, QueuedTime.Wait wait) {
        int left = most;
        for (int i = 0; i < tasks.length && left > 0; i++, left--) {
            SubmitterStore.forEachWait(tasks[i], null, wait);
        }
        return left;
    }

    /**
     * The links of a {@code LinkedBlockingQueue}. They are read without the queue's locks, since a
     * reading must not stop the pool. A node that was taken meanwhile leads to itself.
     */
    private record LinkedFields(TaskAccess access, long head, long item, long next) {

        static @Nullable LinkedFields find() {
            TaskAccess access = Jdk.TASKS;
            try {
                Field head = LinkedBlockingQueue.class.getDeclaredField("head");
                Class<?> node = head.getType();
                return access == null
                        ? null
                        : new LinkedFields(
                                access,
                                access.offset(head),
                                access.offset(node.getDeclaredField("item")),
                                access.offset(node.getDeclaredField("next")));
            } catch (NoSuchFieldException | RuntimeException anotherJdk) {
                return null;
            }
        }

        int forEach(LinkedBlockingQueue<?> queue, int most, QueuedTime.Wait wait) {
            int left = most;
            // The head is the node of the task that was taken last.
            Object node = access.reference(queue, head);
            while (node != null && left > 0) {
                Object following = access.reference(node, next);
                if (following == node) {
                    // The rest is found at the new head.
                    following = access.reference(queue, head);
                }
                node = following;
                Object task = node == null ? null : access.reference(node, item);
                if (task != null) {
                    SubmitterStore.forEachWait(task, node, wait);
                }
                left--;
            }
            return left;
        }
    }
}
