package io.corral.runtime.control;

import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.runqueue.Carriers;
import io.corral.runtime.runqueue.RunQueue;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.VirtualMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code fair} for virtual threads. While a container is fair, each virtual thread that is ready
 * passes the run queue of the outermost fair container in which it works, or the queue of the rest.
 */
public final class FairThreads {

    /** So many ticks without a run, while threads wait, open everything. */
    private static final int STARVED_TICKS = 500;

    private static final long STARVED_PAUSE_NANOS = 10_000_000_000L;

    /** A power of two: after so many runs of a queue it is checked that the tick runs. */
    private static final int RUNS_A_LOOK = 1_024;

    /** So many ticks in a row may fail before all threads run without a queue: a second. */
    private static final int MAX_FAILED_TICKS = 100;

    /** The fair containers. */
    private static final Set<ContainerControl> FAIR = ConcurrentHashMap.newKeySet();

    private static final RunQueue REST = new RunQueue(Runtime.getRuntime().availableProcessors());
    private static final ThreadShare REST_SHARE = new ThreadShare();
    private static final ThreadShares DIVISION = new ThreadShares();

    /** Whether threads are queued. */
    private static volatile boolean isOn;

    /** Whether rules can make a container fair. */
    private static volatile boolean mayBecomeFair;

    /** Whether threads of the rest wait, while the tick may rest. */
    private static volatile boolean isRestWaiting;

    /**
     * Whether a thread has given the scheduler its spare carriers, or is about to: the first one
     * that is to be queued.
     */
    private static final AtomicBoolean HAS_SPARE_CARRIERS = new AtomicBoolean();

    /** Whether a thread of another scheduler has come. */
    private static volatile boolean hasOtherScheduler;

    /** Whether ticks fail, or have not come for seconds. */
    private static volatile boolean isTickMissing;

    /** Whether threads run without queues for a while, since some had got no carrier. */
    private static volatile boolean isStarved;

    private static volatile long starvedNanoTime;

    /** Why threads can't be queued in this JVM; null if they can. */
    private static volatile @Nullable String refusal;

    // Accessed by the tick only.

    /** Ticks that have failed since one succeeded. */
    private static int failedTicks;

    private static final List<ContainerControl> PRESENT = new ArrayList<>();
    private static final List<ThreadShare> SHARES = new ArrayList<>();
    private static boolean isOtherSchedulerReported;
    private static volatile boolean isRefusalReported;

    private FairThreads() {}

    /** Whether a container is fair, so that virtual threads pass a queue. */
    public static boolean isOn() {
        return isOn;
    }

    /**
     * Called before rules change. Threads are queued from then on, also those in no container that
     * a rule has made fair yet.
     */
    static void rules(boolean haveFair) {
        mayBecomeFair = haveFair;
        update();
    }

    /** Called where the limits of a container change. */
    static void changed(ContainerControl control) {
        if (control.settings().enforceFair()) {
            FAIR.add(control);
            update();
            control.runQueue.open(!isOn);
        } else {
            remove(control);
        }
    }

    /** Forgets a container that is fair no more. Its threads that wait queue with the rest. */
    static void remove(ContainerControl control) {
        if (FAIR.remove(control)) {
            update();
            if (isOn) {
                control.runQueue.closeInto(REST);
            } else {
                control.runQueue.open(true);
            }
        }
    }

    private static void update() {
        boolean areAnyFair = mayBecomeFair || !FAIR.isEmpty();
        isOn = areAnyFair && refusal == null && !isTickMissing && !isStarved && !Control.isOff();
        REST.open(!isOn);
        if (!isOn && refusal == null && !isStarved && HAS_SPARE_CARRIERS.get()) {
            // In this order: the next thread has them added again.
            Carriers.removeSpare();
            HAS_SPARE_CARRIERS.set(false);
        }
    }

    /** A call initializes the classes that a hook needs. */
    public static void initialize() {
        RunQueue.initialize();
        LimitChain.initialize();
    }

    /**
     * Called where a virtual thread that is ready would be given to its scheduler, on any thread.
     *
     * @return whether it is queued instead
     */
    public static boolean queue(Thread thread, VirtualMember member) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null) {
            return false;
        }
        // A virtual thread that left its carrier here would keep the other one waiting.
        boolean isVirtual = access.isVirtual(Thread.currentThread());
        if (isVirtual) {
            access.pin();
        }
        try {
            return queue(access, thread, member);
        } finally {
            if (isVirtual) {
                access.unpin();
            }
        }
    }

    private static boolean queue(VirtualThreadAccess access, Thread thread, VirtualMember member) {
        Membership at = member.working();
        if (at.belongsToJvm()) {
            return false;
        }
        if (!access.isOnJdkScheduler(thread)) {
            hasOtherScheduler = true;
            return false;
        }
        if (!HAS_SPARE_CARRIERS.get() && HAS_SPARE_CARRIERS.compareAndSet(false, true)) {
            addSpareCarriers();
        }
        ContainerControl fair = fair(at);
        RunQueue queue = fair == null ? REST : fair.runQueue;
        boolean looks = (queue.runs() & RUNS_A_LOOK - 1) == 0 || queue.slots() == 0;
        if (looks && Control.isTickLate()) {
            isTickMissing = true;
            open();
            return false;
        }
        if (fair == null) {
            boolean isQueued = REST.add(member);
            if (!isRestWaiting && !REST.isEmpty()) {
                isRestWaiting = true;
                Control.wakeTick();
            }
            return isQueued;
        }
        activate(fair);
        return queue.add(member);
    }

    private static void activate(ContainerControl fair) {
        if (!fair.isActive) {
            Control.activate(new ContainerControl[] {fair});
        }
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
        if (!isOn || !(member instanceof VirtualMember thread)) {
            return;
        }
        try {
            ContainerControl fair = fair(thread.working());
            VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
            if (fair != null && access != null) {
                activate(fair);
                takeTurn(thread, fair.runQueue, access);
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
     *
     * @param isPinned whether the thread goes on in any case
     * @return whether it may go on
     */
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

    /** Called after each tick. Without ticks all threads run without a queue. */
    static void ticked(boolean isDone) {
        failedTicks = isDone ? 0 : failedTicks + 1;
        boolean isMissing = failedTicks >= MAX_FAILED_TICKS;
        if (isMissing != isTickMissing) {
            isTickMissing = isMissing;
            open();
        }
    }

    /** Called by the tick: whether there is something to do although no container has requests. */
    static boolean isActive() {
        return isOn && isRestWaiting;
    }

    /** Called by the tick: gives each container its slots. */
    static void adjust(
            List<ContainerControl> active, Capacity capacity, long elapsedNanos, long now) {
        if (!isOn || Carriers.original() == 0) {
            return;
        }
        capacity.sample(now);
        countStalled();
        PRESENT.clear();
        SHARES.clear();
        look(REST, REST_SHARE);
        for (ContainerControl each : active) {
            if (each.settings().enforceFair()) {
                look(each.runQueue, each.threadShare);
                each.threadShare.weight = each.weight();
                each.threadShare.usedNanos = each.share.lastUsedNanos;
                PRESENT.add(each);
                SHARES.add(each.threadShare);
            }
        }
        DIVISION.adjust(
                SHARES,
                REST_SHARE,
                Carriers.original(),
                Carriers.all(),
                capacity.cpus(),
                capacity.isBusy(),
                elapsedNanos);
        give(REST, REST_SHARE);
        for (ContainerControl each : PRESENT) {
            give(each.runQueue, each.threadShare);
        }
        isRestWaiting = REST_SHARE.isWaiting;
        if (!REST.isEmpty()) {
            // One may have come since it was looked at.
            isRestWaiting = true;
        }
        openIfStarved();
    }

    /** Called by the tick: whether virtual threads of a fair container run or wait. */
    static boolean isInUse(ContainerControl control) {
        return isOn && control.settings().enforceFair() && control.threadShare.isInUse;
    }

    private static void look(RunQueue queue, ThreadShare share) {
        share.isWaiting = queue.takeHasWaited();
        share.isInUse = share.isWaiting || queue.used() > 0;
        share.stalled = queue.stalled();
        share.runnable = queue.onCarriers() - share.stalled;
        long runs = queue.runs();
        boolean isStarved = !queue.isEmpty()
                && queue.slots() > 0
                && queue.onCarriers() == 0
                && runs == share.lastRuns;
        share.starvedTicks = isStarved ? share.starvedTicks + 1 : 0;
        share.lastRuns = runs;
    }

    private static void give(RunQueue queue, ThreadShare share) {
        queue.slots(share.slots);
        queue.isBehind(share.isBehind);
        queue.dispatchAll();
    }

    /**
     * Passes virtual threads that wait in run queues, of each queue at most {@code most}, and how
     * many each of them stands for. Any thread may call.
     */
    public static void forEachReady(int most, ObjDoubleConsumer<VirtualMember> action) {
        REST.forEachReady(most, action);
        for (ContainerControl each : FAIR) {
            each.runQueue.forEachReady(most, action);
        }
    }

    /** Sets the largest number of carriers; 0 for the default. Called by the wiring. */
    public static void maxCarriers(int carriers) {
        Carriers.max(carriers);
        refusal = null;
        HAS_SPARE_CARRIERS.set(false);
        open();
    }

    private static void addSpareCarriers() {
        try {
            String why = Carriers.addSpare();
            if (why != null) {
                refuse(why);
            }
        } catch (Throwable failure) {
            refuse("the scheduler refuses more carriers: " + failure);
        }
    }

    private static void refuse(String why) {
        refusal = why;
        isRefusalReported = false;
        open();
        Control.wakeTick();
    }

    /**
     * Called by the tick. The thread that finds a reason may hold a lock that the printing needs.
     * After a pause threads are queued again.
     */
    static void report() {
        if (isStarved && System.nanoTime() - starvedNanoTime > STARVED_PAUSE_NANOS) {
            isStarved = false;
            open();
        }
        String why = refusal;
        if (why != null && !isRefusalReported) {
            isRefusalReported = true;
            Log.error("fair does not divide the CPUs among virtual threads: " + why);
        }
        if (hasOtherScheduler && !isOtherSchedulerReported) {
            isOtherSchedulerReported = true;
            Log.error("fair does not hold for virtual threads whose scheduler is not the JDK's");
        }
    }

    /**
     * Lets all threads run without a queue, those that wait included, if limits were switched off;
     * or queues them again. Any thread may call.
     */
    static void open() {
        update();
        for (ContainerControl each : FAIR) {
            each.runQueue.open(!isOn);
        }
    }

    /**
     * Counts the carriers whose thread is pinned and waits, and gives the scheduler as many more.
     */
    private static void countStalled() {
        REST.beginCount();
        for (ContainerControl each : FAIR) {
            each.runQueue.beginCount();
        }
        Carriers.forEachSlot((owner, isStalled) -> ((RunQueue) owner).countSlot(isStalled));
        int original = Carriers.original();
        int stalled = Math.min(original, REST.stalled());
        for (ContainerControl each : FAIR) {
            stalled += Math.min(original, each.runQueue.stalled());
        }
        Carriers.replaceStalled(stalled);
    }

    /** Called by the tick once a second: forgets containers that were removed and are empty. */
    static void forgetRemoved() {
        for (ContainerControl each : FAIR) {
            if (each.container().isRemoved() && !each.isActive) {
                remove(each);
            }
        }
    }

    private static void openIfStarved() {
        String starved = REST_SHARE.starvedTicks >= STARVED_TICKS ? "no fair container" : null;
        for (ContainerControl each : PRESENT) {
            if (each.threadShare.starvedTicks >= STARVED_TICKS) {
                starved = "container " + each;
            }
        }
        if (starved != null) {
            REST_SHARE.starvedTicks = 0;
            for (ContainerControl each : PRESENT) {
                each.threadShare.starvedTicks = 0;
            }
            starvedNanoTime = System.nanoTime();
            isStarved = true;
            open();
            Log.error("fair does not divide the CPUs among virtual threads for 10 s: ready threads"
                    + " of " + starved + " have got no carrier for 5 s");
        }
    }
}
