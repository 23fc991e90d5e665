package io.corral.runtime.runqueue;

import io.corral.runtime.thread.VirtualMember;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a run queue that wait for a slot. They run in the order in which they become
 * ready, but every other one is a thread to which a lock was released, if there is one. Until that
 * thread has run, no other thread that waits for the lock is woken, whether it is a thread of
 * another container or a platform thread.
 */
final class ReadyThreads {

    private final ConcurrentLinkedQueue<VirtualMember> inOrder = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<VirtualMember> unblocked = new ConcurrentLinkedQueue<>();

    /** Whether the last thread was an unblocked one. A write may be lost. */
    private volatile boolean wasUnblocked;

    void add(VirtualMember thread, boolean isUnblocked) {
        (isUnblocked ? unblocked : inOrder).add(thread);
    }

    @Nullable VirtualMember poll() {
        if (!wasUnblocked && !unblocked.isEmpty()) {
            VirtualMember thread = unblocked.poll();
            if (thread != null) {
                wasUnblocked = true;
                return thread;
            }
        }
        VirtualMember thread = inOrder.poll();
        if (wasUnblocked) {
            wasUnblocked = false;
        }
        return thread == null ? unblocked.poll() : thread;
    }

    @Nullable VirtualMember peek() {
        VirtualMember thread = inOrder.peek();
        return thread == null ? unblocked.peek() : thread;
    }

    void remove(VirtualMember thread) {
        if (!inOrder.remove(thread)) {
            unblocked.remove(thread);
        }
    }

    boolean isEmpty() {
        return inOrder.isEmpty() && unblocked.isEmpty();
    }

    /** Counts them one by one. */
    int size() {
        return inOrder.size() + unblocked.size();
    }

    /** Passes at most {@code most} of them, and {@code standsFor}. */
    void forEach(int most, double standsFor, ObjDoubleConsumer<VirtualMember> action) {
        int left = forEach(unblocked, most, standsFor, action);
        forEach(inOrder, left, standsFor, action);
    }

    private static int forEach(
            ConcurrentLinkedQueue<VirtualMember> queue,
            int most,
            double standsFor,
            ObjDoubleConsumer<VirtualMember> action) {
        int left = most;
        Iterator<VirtualMember> each = queue.iterator();
        while (left > 0 && each.hasNext()) {
            action.accept(each.next(), standsFor);
            left--;
        }
        return left;
    }
}
