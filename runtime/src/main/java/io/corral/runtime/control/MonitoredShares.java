package io.corral.runtime.control;

import java.util.List;

/**
 * {@code fair} in monitor mode. Divides the CPU time that these containers use together, as
 * {@link FairShares} would have done: by what each would have wanted, had it been given its share.
 * What each really uses says little, since nothing keeps requests from crowding one another.
 */
final class MonitoredShares {

    /** The weight of the latest tick in the mean demand: a mean over some 500 ms. */
    private static final double LATEST = 0.02;

    private static final double LEAST_CPUS = 0.01;

    private MonitoredShares() {}

    /** @param fair the fair containers of one hierarchy that have requests */
    static void set(List<ContainerControl> fair, long elapsedNanos, long nowNanoTime) {
        double cpus = 0;
        boolean areLimited = false;
        for (ContainerControl each : fair) {
            FairShare share = each.share;
            if (each.isShareMonitored()) {
                long taken = each.monitoredShare.taken();
                double demand = (taken - share.lastMonitored) * share.cost.nanos() / elapsedNanos;
                share.lastMonitored = taken;
                share.monitoredDemand += LATEST * (demand - share.monitoredDemand);
                share.isSatisfied = false;
                cpus += share.rate;
                areLimited |= share.isLimited;
                if (!share.isLimited) {
                    each.monitoredShare.open();
                }
            }
        }
        if (areLimited) {
            divide(fair, cpus, nowNanoTime);
        }
    }

    private static void divide(List<ContainerControl> fair, double cpus, long nowNanoTime) {
        double left = cpus;
        double weights = 0;
        boolean changes = true;
        while (changes) {
            changes = false;
            weights = 0;
            for (ContainerControl each : fair) {
                if (each.isShareMonitored() && !each.share.isSatisfied) {
                    weights += each.weight();
                }
            }
            double toDivide = left;
            for (ContainerControl each : fair) {
                FairShare share = each.share;
                if (each.isShareMonitored()
                        && !share.isSatisfied
                        && share.monitoredDemand < toDivide * each.weight() / weights
                        && !wouldWait(each.monitoredShare, nowNanoTime)) {
                    share.isSatisfied = true;
                    left -= share.monitoredDemand;
                    changes = true;
                }
            }
        }
        for (ContainerControl each : fair) {
            FairShare share = each.share;
            if (each.isShareMonitored() && share.isLimited) {
                double rate = share.isSatisfied
                        ? (left + share.monitoredDemand) * each.weight() / (weights + each.weight())
                        : left * each.weight() / weights;
                rate(each, Math.max(LEAST_CPUS, rate), nowNanoTime);
            }
        }
    }

    /** Whether requests would wait. The last one that was taken would run. */
    private static boolean wouldWait(VirtualBucket bucket, long nowNanoTime) {
        return bucket.waitNanos(nowNanoTime) > bucket.intervalNanos();
    }

    /** At most {@code max(1, cpus)} requests would run at once. */
    private static void rate(ContainerControl container, double cpus, long nowNanoTime) {
        double interval = container.share.cost.nanos() / cpus;
        double burst = Math.max(0, cpus - 1) * interval;
        container.monitoredShare.rate(nowNanoTime, (long) interval, (long) burst, false);
    }
}
