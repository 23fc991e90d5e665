package io.corral.runtime.thread;

import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.StackSafeMaps;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.subsystem.MoveCallbacks;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The {@link CallbackQueue} of each thread with a change in progress. */
public final class CallbackQueues {

    private static final ConcurrentHashMap<Member, CallbackQueue> TABLE = new ConcurrentHashMap<>();

    private CallbackQueues() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /** Called before a change of {@code thread}'s place. The caller releases what this returns. */
    static CallbackQueue use(Member member, Thread thread) {
        while (true) {
            CallbackQueue known = StackSafeMaps.get(TABLE, member);
            if (known == null) {
                CallbackQueue made = new CallbackQueue(member, thread);
                CallbackQueue other = StackSafeMaps.putIfAbsent(TABLE, member, made);
                known = other == null ? made : other;
            }
            if (known.use()) {
                return known;
            }
            StackSafeMaps.remove(TABLE, member, known);
        }
    }

    static void release(CallbackQueue queue) {
        if (queue.release()) {
            StackSafeMaps.remove(TABLE, queue.member(), queue);
        }
    }

    /**
     * Called on the thread itself before it opens or closes a scope. Null if no subsystem follows
     * its switches.
     */
    static @Nullable CallbackQueue forSwitch(Member member) {
        return MoveCallbacks.haveSwitchedCallbacks(member.generation())
                ? use(member, Thread.currentThread())
                : null;
    }

    /** Called after a change. Null does nothing. */
    static void run(@Nullable CallbackQueue queue) {
        if (queue != null) {
            try {
                queue.run();
            } finally {
                release(queue);
            }
        }
    }

    /**
     * Called at a thread's exit before it leaves its home. The result is passed to
     * {@link #runBeforeExit}. Null if the thread has no open scope, or if there is no memory or no
     * stack, since the exit must be counted nevertheless.
     */
    public static @Nullable CallbackQueue forExit(Member member, Thread thread) {
        try {
            return member.hasScope() && MoveCallbacks.haveSwitchedCallbacks(member.generation())
                    ? use(member, thread)
                    : null;
        } catch (VirtualMachineError exhausted) {
            return null;
        }
    }

    /**
     * Called after the thread has left its home and before its exit callbacks. Another thread may
     * be running the callbacks of an earlier attach.
     */
    public static void runBeforeExit(
            Member member, Thread thread, Membership home, @Nullable CallbackQueue used) {
        CallbackQueue queue = used;
        if (queue == null) {
            if (TABLE.isEmpty() || StackSafeMaps.get(TABLE, member) == null) {
                return;
            }
            queue = use(member, thread);
        }
        try {
            boolean isPinned = CarrierPin.pin();
            try {
                synchronized (CallbackQueue.ATTACHES) {
                    // Moves that took effect before have added their events already.
                    queue.leave(home);
                }
            } finally {
                CarrierPin.unpin(isPinned);
            }
            queue.runBeforeExit();
        } finally {
            queue.remove();
            StackSafeMaps.remove(TABLE, member, queue);
        }
    }
}
