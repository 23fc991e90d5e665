package io.corral.runtime.control;

import io.corral.runtime.runqueue.RunQueue;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code fair} for virtual threads: divides the carriers among the containers whose threads are
 * ready, by weight. Called by the tick.
 *
 * <p>The kernel gives each carrier the same CPU time, so shares follow the numbers of slots. These
 * are whole, and a thread may keep its slot for long. So a container's exact CPU time is compared
 * with its share at each tick, and the difference, its lag, gives it more slots or less. A
 * container that is alone has as many slots as the scheduler had carriers. What a container saves
 * is not kept for later.
 */
final class ThreadShares {

    /** A lag is made up for in about so many ticks. */
    private static final double TICKS_TO_CORRECT = 8;

    /** The largest lag, in CPU time of all CPUs. */
    private static final double MAX_LAG_NANOS = 2e9;

    /** Without a slot for longer, a thread that holds a lock keeps others waiting. */
    private static final int MAX_TICKS_WITHOUT = 2;

    /** The part of its share below which a container is behind. */
    private static final double BEHIND = 0.7;

    /** The part of a CPU that a container uses at most if its threads wait for something. */
    private static final double NO_CPU = 0.05;

    /** So many ticks without a run, while threads wait, open everything. */
    private static final int STARVED_TICKS = 500;

    /** One carrier is kept for other tasks of the scheduler, such as ends of timeouts. */
    private static final int SPARE = 1;

    private final List<ContainerControl> inUse = new ArrayList<>();

    /**
     * @param fair the containers that are fair, and that the tick looks at
     * @param rest the queue of threads in no fair container
     * @param original the number of carriers before {@code fair} was set
     * @param carriers the number of carriers now
     */
    void adjust(
            List<ContainerControl> fair,
            RunQueue rest,
            ThreadShare restShare,
            int original,
            int carriers,
            double cpus,
            boolean areCpusBusy,
            long elapsedNanos) {
        inUse.clear();
        double weights = 0;
        double least = Double.MAX_VALUE;
        for (ContainerControl each : fair) {
            look(each.runQueue, each.threadShare);
            if (each.threadShare.isInUse) {
                inUse.add(each);
                weights += each.weight();
                least = Math.min(least, each.weight());
            } else {
                each.threadShare.rest();
                each.runQueue.isBehind(true);
                // For the first threads that come, until the next tick.
                each.runQueue.slots(original);
            }
        }
        look(rest, restShare);
        int all = Math.max(1, carriers - SPARE);
        boolean restCompetes = restShare.isInUse;
        if (inUse.isEmpty()) {
            rest.slots(original + extra(rest, restShare, original, areCpusBusy, 0, elapsedNanos));
            rest.isBehind(true);
            return;
        }
        int forRest = restCompetes ? Math.max(original, all / 2) : 0;
        int left = Math.max(1, all - Math.min(forRest, all - 1));
        double aWeight = Math.min(original / least, left / weights);
        double total = 0;
        for (ContainerControl each : inUse) {
            each.threadShare.wanted = aWeight * each.weight();
            total += each.threadShare.wanted;
        }
        updateLags();
        if (inUse.size() == 1) {
            inUse.get(0).threadShare.wanted = Math.max(original, aWeight * weights);
        } else {
            correct(total, cpus, elapsedNanos, left);
        }
        boolean areMany = inUse.size() > left;
        if (areMany) {
            takeTurns(left);
        }
        for (ContainerControl each : inUse) {
            ThreadShare share = each.threadShare;
            int whole = areMany ? (int) share.wanted : whole(share);
            each.runQueue.slots(whole
                    + extra(
                            each.runQueue,
                            share,
                            original,
                            areCpusBusy,
                            each.share.lastUsedNanos,
                            elapsedNanos));
            each.runQueue.dispatchAll();
        }
        int restSlots = restCompetes
                ? Math.max(original, (int) Math.min(Math.round(total), all / 2))
                : original;
        rest.slots(restSlots + extra(rest, restShare, original, areCpusBusy, 0, elapsedNanos));
        rest.isBehind(!restShare.isWaiting);
        rest.dispatchAll();
    }

    private static void look(RunQueue queue, ThreadShare share) {
        share.isWaiting = queue.takeHasWaited();
        share.isInUse = share.isWaiting || queue.used() > 0;
        long runs = queue.runs();
        boolean isStarved = !queue.isEmpty() && runs == share.lastRuns;
        share.starvedTicks = isStarved ? share.starvedTicks + 1 : 0;
        share.lastRuns = runs;
    }

    /** Whether a queue's threads have waited for so long that something must be wrong. */
    static boolean isStarved(ThreadShare share) {
        return share.starvedTicks >= STARVED_TICKS;
    }

    /** Only those whose threads wait want more than they use, and share what they use together. */
    private void updateLags() {
        double used = 0;
        double usedByAll = 0;
        double waitingWeights = 0;
        double weights = 0;
        for (ContainerControl each : inUse) {
            weights += each.weight();
            usedByAll += each.share.lastUsedNanos;
            if (each.threadShare.isWaiting) {
                used += each.share.lastUsedNanos;
                waitingWeights += each.weight();
            }
        }
        for (ContainerControl each : inUse) {
            ThreadShare share = each.threadShare;
            double own = each.share.lastUsedNanos;
            if (share.isWaiting) {
                double lag = share.lagNanos + used * each.weight() / waitingWeights - own;
                share.lagNanos = Math.max(-MAX_LAG_NANOS, Math.min(MAX_LAG_NANOS, lag));
            } else {
                share.lagNanos = Math.min(0, share.lagNanos) * (1 - 1 / TICKS_TO_CORRECT);
            }
            double due = usedByAll * each.weight() / weights;
            each.runQueue.isBehind(share.lagNanos >= 0 && own < BEHIND * due);
        }
    }

    private void correct(double total, double cpus, long elapsedNanos, int left) {
        double nanosASlot = elapsedNanos * cpus / Math.max(1, total);
        double corrected = 0;
        for (ContainerControl each : inUse) {
            ThreadShare share = each.threadShare;
            double wanted = share.wanted + share.lagNanos / (nanosASlot * TICKS_TO_CORRECT);
            share.wanted = Math.max(0, Math.min(left, wanted));
            corrected += share.wanted;
        }
        if (corrected > left) {
            for (ContainerControl each : inUse) {
                each.threadShare.wanted *= left / corrected;
            }
        }
    }

    /** There are more containers than carriers: those that are furthest behind have one each. */
    private void takeTurns(int left) {
        inUse.sort((one, other) ->
                Double.compare(other.threadShare.lagNanos, one.threadShare.lagNanos));
        for (int i = 0; i < inUse.size(); i++) {
            inUse.get(i).threadShare.wanted = i < left ? 1 : 0;
        }
    }

    /** The slots for this tick, of which the fractions add up over several ticks. */
    private static int whole(ThreadShare share) {
        double wanted = share.wanted + share.fraction;
        int whole = (int) wanted;
        share.fraction = wanted - whole;
        boolean mustRun = share.lagNanos >= 0 || share.ticksWithout >= MAX_TICKS_WITHOUT;
        if (whole == 0 && mustRun) {
            whole = 1;
            share.fraction = 0;
        }
        share.ticksWithout = whole == 0 ? share.ticksWithout + 1 : 0;
        return whole;
    }

    /** The slots in place of those whose thread can't go on, and keeps its carrier. */
    private static int extra(
            RunQueue queue,
            ThreadShare share,
            int original,
            boolean areCpusBusy,
            long usedNanos,
            long elapsedNanos) {
        boolean standsStill = share.isWaiting
                && queue.used() > 0
                && !areCpusBusy
                && usedNanos < NO_CPU * elapsedNanos;
        if (standsStill) {
            share.lent = Math.min(original, share.lent + 1);
        } else if (share.lent > 0) {
            share.lent--;
        }
        return Math.min(original, queue.stalled() + share.lent);
    }
}
