package io.corral.runtime.control;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.runqueue.Carriers;
import io.corral.runtime.runqueue.RunQueue;
import io.corral.runtime.thread.VirtualMember;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The run queues of fair containers and of the rest, and whether virtual threads pass them. They
 * don't while no container can be fair, while limits are off, and where something is wrong.
 */
final class RunQueues {

    /** The queue of the threads in no fair container. */
    static final RunQueue REST = new RunQueue(Runtime.getRuntime().availableProcessors());

    private static final long STARVED_PAUSE_NANOS = 10_000_000_000L;

    /** So many ticks in a row may fail before all threads run without a queue: a second. */
    private static final int MAX_FAILED_TICKS = 100;

    /** The fair containers. */
    private static final Set<ContainerControl> FAIR = ConcurrentHashMap.newKeySet();

    /** Those that have become fair, or are fair no more, since the last update. */
    private static final ConcurrentLinkedQueue<ContainerControl> CHANGED =
            new ConcurrentLinkedQueue<>();

    /** The updates asked for since the one that runs began. */
    private static final AtomicInteger UPDATES = new AtomicInteger();

    /** Whether threads are queued. */
    private static volatile boolean isOn;

    /** Whether rules can make a container fair. */
    private static volatile boolean mayBecomeFair;

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

    /** Whether an update has failed, so that the tick must try again. */
    private static volatile boolean hasFailed;

    /** Why threads can't be queued in this JVM; null if they can. */
    private static volatile @Nullable String refusal;

    private static volatile boolean isRefusalReported;

    // Accessed by the tick only.

    /** Ticks that have failed since one succeeded. */
    private static int failedTicks;

    private static boolean isOtherSchedulerReported;

    private RunQueues() {}

    /** A call initializes this class. */
    static void initialize() {}

    static boolean isOn() {
        return isOn;
    }

    static Set<ContainerControl> fair() {
        return FAIR;
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
        if (!control.settings().enforceFair()) {
            remove(control);
        } else if (FAIR.add(control)) {
            CHANGED.add(control);
            update();
        }
    }

    /** Forgets a container that is fair no more. Its threads that wait queue with the rest. */
    static void remove(ContainerControl control) {
        if (FAIR.remove(control)) {
            CHANGED.add(control);
            update();
        }
    }

    /**
     * Has threads pass the queues, or not, as the state demands. Any thread may call. No lock: a
     * thread that finds an update running leaves the work to it.
     */
    static void update() {
        if (UPDATES.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = UPDATES.get();
            try {
                updateOnce();
            } catch (Throwable failure) {
                hasFailed = true;
                HookFailures.CONTROL.report(failure);
            }
        } while (!UPDATES.compareAndSet(seen, 0));
    }

    private static void updateOnce() {
        boolean mustQueue = (mayBecomeFair || !FAIR.isEmpty())
                && refusal == null
                && !VirtualThreadLimits.areMonitored()
                && !isTickMissing
                && !isStarved
                && !Control.isOff();
        boolean changes = mustQueue != isOn || hasFailed;
        hasFailed = false;
        isOn = mustQueue;
        REST.open(!mustQueue);
        if (changes) {
            for (ContainerControl each : FAIR) {
                settle(each);
            }
        }
        ContainerControl changed = CHANGED.peek();
        while (changed != null) {
            settle(changed);
            CHANGED.poll();
            changed = CHANGED.peek();
        }
        if (!mustQueue && refusal == null && !isStarved && HAS_SPARE_CARRIERS.get()) {
            // In this order: the next thread has them added again.
            Carriers.removeSpare();
            HAS_SPARE_CARRIERS.set(false);
        }
    }

    private static void settle(ContainerControl control) {
        if (FAIR.contains(control) || !isOn) {
            control.runQueue.open(!isOn);
        } else {
            control.runQueue.closeInto(REST);
        }
    }

    /** Called by a thread that is to be queued. */
    static void addSpareCarriers() {
        if (HAS_SPARE_CARRIERS.get() || !HAS_SPARE_CARRIERS.compareAndSet(false, true)) {
            return;
        }
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
        update();
        Control.wakeTick();
    }

    /** Sets the largest number of carriers; 0 for the default. */
    static void maxCarriers(int carriers) {
        Carriers.max(carriers);
        refusal = null;
        HAS_SPARE_CARRIERS.set(false);
        update();
    }

    /** Called where a virtual thread has another scheduler than the JDK's. */
    static void haveOtherScheduler() {
        hasOtherScheduler = true;
    }

    /** Called where a thread waits, and no tick has come for seconds. */
    static void tickIsMissing() {
        isTickMissing = true;
        update();
    }

    /** Called after each tick. Without ticks all threads run without a queue. */
    static void ticked(boolean isDone) {
        failedTicks = isDone ? 0 : failedTicks + 1;
        boolean isMissing = failedTicks >= MAX_FAILED_TICKS;
        if (isMissing != isTickMissing || hasFailed) {
            isTickMissing = isMissing;
            update();
        }
    }

    /** Called by the tick, if threads of {@code starved} were ready and got no carrier. */
    static void starved(String starved) {
        starvedNanoTime = System.nanoTime();
        isStarved = true;
        update();
        Log.error("fair does not divide the CPUs among virtual threads for 10 s: ready threads of "
                + starved + " have got no carrier for 5 s");
    }

    /**
     * Called by the tick. The thread that finds a reason may hold a lock that the printing needs.
     * After a pause threads are queued again.
     */
    static void report() {
        if (isStarved && System.nanoTime() - starvedNanoTime > STARVED_PAUSE_NANOS) {
            isStarved = false;
            update();
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
     * Passes virtual threads that wait in run queues, of each queue at most {@code most}, and how
     * many each of them stands for. Any thread may call.
     */
    static void forEachReady(int most, ObjDoubleConsumer<VirtualMember> action) {
        REST.forEachReady(most, action);
        for (ContainerControl each : FAIR) {
            each.runQueue.forEachReady(most, action);
        }
    }

    /** Called by the tick once a second: forgets containers that were removed and are empty. */
    static void forgetRemoved() {
        for (ContainerControl each : FAIR) {
            if (each.container().isRemoved() && !each.isActive) {
                remove(each);
            }
        }
    }
}
