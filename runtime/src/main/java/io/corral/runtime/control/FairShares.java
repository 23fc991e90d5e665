package io.corral.runtime.control;

import java.util.List;

/**
 * {@code fair}: shares the CPU among containers by weight, by the number of requests of each that
 * may run. Called by the tick.
 *
 * <p>Only while the CPUs are busy and two or more containers want them, each gets slots for its
 * share: {@code max(1, share * CPUs)}. A request whose thread waits for something needs no slot. A
 * container that gets less CPU time than its share, because others get more, gets more slots; they
 * lose some. What the containers used together is what is shared, so a container that wants less
 * than its share leaves the rest to the others, and nothing is gained by more slots for all. While
 * CPUs are idle and requests wait, slots are added until they are not.
 */
final class FairShares {

    /** The part of a share by which a container may miss it. */
    private static final double TOLERANCE = 0.005;

    /** The part of its share by which a container is far below it. */
    private static final double FAR_BELOW = 0.5;

    /** Slots that a container without any CPU time gains in a tick. */
    private static final double GAIN = 0.15;

    /** The slots of one container, for each CPU. */
    private static final int MAX_SLOTS_A_CPU = 16;

    /**
     * The slots that are added in a tick while CPUs are idle, and the part of those added before.
     * It takes some 25 ticks to see that CPUs are busy again, so with many more a crowd gets in.
     */
    private static final double LEAST_GROWTH = 0.2;

    private static final double GROWTH = 0.025;

    /**
     * The part of its base that a container gains in a tick while CPUs are busy, but idle at times:
     * until the thread runs that is woken at the end of a request.
     */
    private static final double SPARE = 0.02;

    /** The part of the additional slots that stays after a tick in which no CPU was idle. */
    private static final double DECAY = 0.95;

    /**
     * The slots of all containers together, for each CPU, below which none are taken away for being
     * many: a second one, so that a CPU does not wait for the next request.
     */
    private static final double ENOUGH_A_CPU = 2;

    /**
     * The slots of the smallest of those that want more below which none are taken away either:
     * rates differ from tick to tick, so one that has a single slot gains a part of one at times.
     */
    private static final double FEW = 1.5;

    /** The part of the slots that is kept at a tick with more than that. */
    private static final double KEPT = 0.98;

    private FairShares() {}

    /** @param containers those of one hierarchy that are fair, and that have requests */
    static void adjust(List<ContainerControl> containers, Capacity capacity, long nowNanoTime) {
        boolean areLimited = capacity.isBusy() && competitors(containers, nowNanoTime) >= 2;
        if (areLimited) {
            shareOut(containers);
            setBases(containers, capacity.cpus());
        }
        for (ContainerControl each : containers) {
            FairShare share = each.share;
            if (areLimited) {
                limit(each, capacity);
            } else if (share.isLimited) {
                relax(each, capacity);
            }
        }
        if (areLimited) {
            lowerAll(containers, ENOUGH_A_CPU * capacity.cpus());
        }
    }

    /**
     * Takes from all containers the same part of their slots, until one of those that want more has
     * few. Shares stay as they are. With fewer requests at once each is done sooner, and what the
     * next tick corrects has an effect at once. A crowd that ran before there was a limit has
     * others gain slots until they are many.
     */
    private static void lowerAll(List<ContainerControl> containers, double enough) {
        double least = Double.MAX_VALUE;
        double all = 0;
        for (ContainerControl each : containers) {
            if (wantsMore(each)) {
                double slots = each.share.base + each.share.correction;
                least = Math.min(least, slots);
                all += slots;
            }
        }
        double kept = Math.max(KEPT, Math.max(FEW / least, enough / all));
        if (kept >= 1) {
            return;
        }
        for (ContainerControl each : containers) {
            FairShare share = each.share;
            double slots = Math.max(1, (share.base + share.correction) * kept);
            share.correction = slots - share.base;
        }
    }

    private static int competitors(List<ContainerControl> containers, long nowNanoTime) {
        int count = 0;
        for (ContainerControl each : containers) {
            if (each.share.competes(nowNanoTime)) {
                count++;
            }
        }
        return count;
    }

    /**
     * Whether a container would use more than it does. One that has a request from time to time
     * gets what it wants, and leaves the others their slots, also while its request runs.
     */
    private static boolean wantsMore(ContainerControl container) {
        FairShare share = container.share;
        return !container.slots.waiters.isEmpty() || share.runnable > share.rate + 0.5;
    }

    /** Sets the targets: what the containers use together, by weight. */
    private static void shareOut(List<ContainerControl> containers) {
        MaxMinDivision division = new MaxMinDivision();
        double total = 0;
        for (ContainerControl each : containers) {
            division.add(each.weight(), wantsMore(each) ? MaxMinDivision.ALL : each.share.rate);
            total += each.share.rate;
        }
        division.divide(total);
        for (int i = 0; i < containers.size(); i++) {
            containers.get(i).share.target = division.share(i);
        }
    }

    /**
     * All CPUs have a slot, also while other processes use a part of them: one of a container that
     * wants more, if there is one. The slots of the others are not in use at most moments.
     */
    private static void setBases(List<ContainerControl> containers, double cpus) {
        double all = 0;
        double ofThoseThatWantMore = 0;
        for (ContainerControl each : containers) {
            all += each.share.target;
            ofThoseThatWantMore += wantsMore(each) ? each.share.target : 0;
        }
        for (ContainerControl each : containers) {
            FairShare share = each.share;
            double of = wantsMore(each) ? ofThoseThatWantMore : all;
            share.base = of <= 0 ? 1 : Math.max(1, share.target / of * cpus);
        }
    }

    private static void limit(ContainerControl container, Capacity capacity) {
        FairShare share = container.share;
        if (!share.isLimited) {
            share.open();
            share.isLimited = true;
        }
        double missing = share.target <= 0 ? 0 : (share.target - share.rate) / share.target;
        if (Math.abs(missing) > TOLERANCE) {
            double base = share.base;
            double most = MAX_SLOTS_A_CPU * capacity.cpus() - base;
            // Far below its share, a container must not wait for many ticks.
            double gain = missing > FAR_BELOW ? 1 : GAIN * missing;
            share.correction = Math.max(1 - base, Math.min(most, share.correction + gain));
        }
        if (capacity.isFull()) {
            share.idleSlots *= DECAY;
        } else if (share.idleSlots < share.base && !container.slots.waiters.isEmpty()) {
            share.idleSlots += SPARE * share.base;
        }
    }

    /** CPUs are idle, or nobody competes: lets more requests in, if there are any. */
    private static void relax(ContainerControl container, Capacity capacity) {
        FairShare share = container.share;
        if (container.slots.waiters.isEmpty() || capacity.isMostlyIdle()) {
            share.open();
        } else {
            share.idleSlots += Math.max(LEAST_GROWTH, share.idleSlots * GROWTH);
        }
    }

    /** The number of requests that may run. */
    static int slots(FairShare share) {
        if (!share.isLimited) {
            return RunSlots.OPEN;
        }
        double wanted = share.base + share.correction + share.idleSlots + share.fraction;
        int whole = Math.max(1, (int) wanted);
        share.fraction = Math.max(0, Math.min(1, wanted - whole));
        return whole + share.sleeping;
    }
}
