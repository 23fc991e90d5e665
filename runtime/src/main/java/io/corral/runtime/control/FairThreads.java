package io.corral.runtime.control;

import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.CarrierPin;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.runqueue.RunQueue;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code fair} for virtual threads. While a container is fair, each virtual thread that is ready
 * passes the run queue of the outermost fair container in which it works, or the queue of the rest.
 */
public final class FairThreads {

    private FairThreads() {}

    /** Whether a container is fair, so that virtual threads pass a queue. */
    public static boolean isOn() {
        return RunQueues.isOn();
    }

    /** Sets the largest number of carriers; 0 for the default. Called by the wiring. */
    public static void maxCarriers(int carriers) {
        RunQueues.maxCarriers(carriers);
    }

    /**
     * Passes virtual threads that wait in run queues, of each queue at most {@code most}, and how
     * many each of them stands for. Any thread may call.
     */
    public static void forEachReady(int most, ObjDoubleConsumer<VirtualMember> action) {
        RunQueues.forEachReady(most, action);
    }

    /** A call initializes the classes that a hook needs. */
    public static void initialize() {
        RunQueue.initialize();
        RunQueues.initialize();
        VirtualThreadLimits.initialize();
        SlotAdjustment.initialize();
        LimitChain.initialize();
    }

    /**
     * Called where a virtual thread that is ready would be given to its scheduler, on any thread.
     * At the bottom of a stack a slot could be taken and not be given back.
     *
     * @return whether it is queued instead
     */
    @ReservedStack
    public static boolean queue(Thread thread, VirtualMember member) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null) {
            return false;
        }
        // A virtual thread that left its carrier here would keep the other one waiting.
        boolean isPinned = CarrierPin.pin();
        try {
            return queue(access, thread, member);
        } finally {
            CarrierPin.unpin(isPinned);
        }
    }

    private static boolean queue(VirtualThreadAccess access, Thread thread, VirtualMember member) {
        Membership at = member.working();
        if (at.belongsToJvm()) {
            return false;
        }
        if (!access.isOnJdkScheduler(thread)) {
            RunQueues.haveOtherScheduler();
            return false;
        }
        RunQueues.addSpareCarriers();
        ContainerControl fair = fair(at);
        RunQueue queue = fair == null ? RunQueues.REST : fair.runQueue;
        boolean isUnblocked = access.isUnblocked(thread);
        if (queue.hasWaited() && Control.isTickLate()) {
            RunQueues.tickIsMissing();
            return false;
        }
        boolean isQueued = queue.add(member, isUnblocked);
        if (fair == null) {
            SlotAdjustment.restWaits();
        } else {
            Control.activate(fair);
        }
        return isQueued;
    }

    /** The fair container that a thread belongs to that works in {@code at}; null if none. */
    private static @Nullable ContainerControl fair(Membership at) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerControl fair = Control.chain(at.container(hierarchy)).fair;
            if (fair != null) {
                return fair;
            }
        }
        return null;
    }

    /**
     * Called on a thread that has just entered a container. A virtual thread that came from outside
     * holds a slot of another queue. It exchanges that slot for one of this container's queue. If
     * there is none, it waits for its turn; a pinned thread takes one above the limit.
     */
    public static void entered(Member member) {
        if (!RunQueues.isOn() || !(member instanceof VirtualMember thread)) {
            return;
        }
        try {
            ContainerControl fair = fair(thread.working());
            VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
            if (fair != null && access != null) {
                takeTurn(thread, fair.runQueue, access);
                Control.activate(fair);
            }
        } catch (Throwable failure) {
            // The scope is open, and its caller must get it.
            HookFailures.CONTROL.report(failure);
        }
    }

    private static void takeTurn(VirtualMember thread, RunQueue queue, VirtualThreadAccess access) {
        if (exchange(thread, queue, access, false) || thread.tryYield()) {
            return;
        }
        exchange(thread, queue, access, true);
    }

    /**
     * Exchanges the slot of the calling thread's run. Pinned, since the carrier must stay the same.
     * At the bottom of a stack one slot could be taken and the other one not be given back.
     *
     * @param isPinned whether the thread goes on in any case
     * @return whether it may go on
     */
    @ReservedStack
    private static boolean exchange(
            VirtualMember thread, RunQueue queue, VirtualThreadAccess access, boolean isPinned) {
        access.pin();
        try {
            PlatformMember carrier = thread.carrier();
            if (carrier == null || queue.slots() == RunQueue.UNBOUNDED) {
                return true;
            }
            RunQueue held = (RunQueue) carrier.slotOwner();
            if (held == queue) {
                return true;
            }
            if (held == null) {
                // The run began before threads were queued, or the scheduler is another one.
                return !access.isOnJdkScheduler(Thread.currentThread()) || isPinned;
            }
            if (isPinned) {
                queue.take();
            } else if (!queue.isEmpty() || !queue.tryTake()) {
                return false;
            }
            carrier.slotOwner(queue);
            held.giveBack();
            return true;
        } finally {
            access.unpin();
        }
    }
}
