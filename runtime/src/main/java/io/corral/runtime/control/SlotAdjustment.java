package io.corral.runtime.control;

import io.corral.runtime.runqueue.Carriers;
import io.corral.runtime.runqueue.RunQueue;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of the tick that gives each run queue its slots, by what its threads have used, and that
 * sees whether threads get carriers.
 */
final class SlotAdjustment {

    /** So many ticks without a run, while threads wait, open everything. */
    private static final int STARVED_TICKS = 500;

    private static final ThreadShare REST_SHARE = new ThreadShare();
    private static final ThreadShares DIVISION = new ThreadShares();
    private static final List<ContainerControl> PRESENT = new ArrayList<>();
    private static final List<ThreadShare> SHARES = new ArrayList<>();

    /** The queues of which threads were on carriers at the last tick. */
    private static final List<RunQueue> COUNTED = new ArrayList<>();

    /** Whether threads of the rest wait, while the tick may rest. */
    private static volatile boolean isRestWaiting;

    private SlotAdjustment() {}

    /** A call initializes this class. */
    static void initialize() {}

    /** Called where a thread of the rest was queued, on any thread. */
    static void restWaits() {
        if (!isRestWaiting && !RunQueues.REST.isEmpty()) {
            isRestWaiting = true;
            Control.wakeTick();
        }
    }

    /** Whether there is something to do although no container has requests. */
    static boolean isActive() {
        return RunQueues.isOn() && isRestWaiting;
    }

    /** Whether virtual threads of a fair container run or wait. */
    static boolean isInUse(ContainerControl control) {
        return RunQueues.isOn() && control.settings().enforceFair() && control.threadShare.isInUse;
    }

    static void adjust(
            List<ContainerControl> active, Capacity capacity, long elapsedNanos, long now) {
        if (!RunQueues.isOn() || Carriers.original() == 0) {
            return;
        }
        capacity.sample(now);
        boolean areCarriersBusy = countStalled(capacity.isBusy());
        PRESENT.clear();
        SHARES.clear();
        look(RunQueues.REST, REST_SHARE, capacity.isBusy(), areCarriersBusy);
        for (ContainerControl each : active) {
            if (each.settings().enforceFair()) {
                look(each.runQueue, each.threadShare, capacity.isBusy(), areCarriersBusy);
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
        give(RunQueues.REST, REST_SHARE);
        RunQueue heir = null;
        for (ContainerControl each : PRESENT) {
            give(each.runQueue, each.threadShare);
            if (each.threadShare == DIVISION.heir()) {
                heir = each.runQueue;
            }
        }
        for (ContainerControl each : PRESENT) {
            each.runQueue.heir(each.threadShare.leavesCpu ? heir : null);
        }
        isRestWaiting = REST_SHARE.isWaiting;
        if (!RunQueues.REST.isEmpty()) {
            // One may have come since it was looked at.
            isRestWaiting = true;
        }
        openIfStarved();
    }

    static void look(
            RunQueue queue, ThreadShare share, boolean areCpusBusy, boolean areCarriersBusy) {
        share.isWaiting = queue.takeHasWaited();
        share.used = queue.used();
        share.isInUse = share.isWaiting || share.used > 0;
        share.stalled = queue.stalled();
        share.runnable = queue.onCarriers() - share.stalled;
        share.hasRun = queue.takeHasRun();
        if (!share.hasRun && share.used > queue.onCarriers()) {
            Carriers.wakeOne();
        }
        // While CPUs are busy, many other containers may have their turn first.
        boolean isStarved = !queue.isEmpty()
                && (queue.slots() > 0 || !areCpusBusy)
                && queue.onCarriers() == 0
                && !share.hasRun;
        if (!isStarved) {
            share.starvedTicks = 0;
        } else if (!areCarriersBusy) {
            // Runs of others that keep all carriers would keep them without queues, too.
            share.starvedTicks++;
        }
    }

    private static void give(RunQueue queue, ThreadShare share) {
        queue.slots(share.slots);
        queue.isBehind(share.isBehind);
        queue.dispatchAll();
    }

    /**
     * Counts the carriers whose thread keeps them while it waits for something, and gives the
     * scheduler as many more.
     *
     * @return whether all carriers run threads that do not wait
     */
    private static boolean countStalled(boolean areCpusBusy) {
        for (RunQueue each : COUNTED) {
            each.beginCount();
        }
        COUNTED.clear();
        Carriers.forEachSlot(areCpusBusy, SlotAdjustment::countSlot);
        int onCarriers = 0;
        int stalled = 0;
        for (RunQueue each : COUNTED) {
            onCarriers += each.onCarriers();
            stalled += each.stalled();
        }
        Carriers.replaceStalled(stalled);
        return onCarriers - stalled >= Carriers.all();
    }

    private static void countSlot(Object owner, boolean isStalled) {
        RunQueue queue = (RunQueue) owner;
        if (queue.onCarriers() == 0) {
            COUNTED.add(queue);
        }
        queue.countSlot(isStalled);
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
            RunQueues.starved(starved);
        }
    }
}
