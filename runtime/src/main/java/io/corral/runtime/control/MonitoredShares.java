package io.corral.runtime.control;

import java.util.ArrayList;
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
        List<ContainerControl> monitored = new ArrayList<>();
        double cpus = 0;
        boolean areLimited = false;
        for (ContainerControl each : fair) {
            FairShare share = each.share;
            if (each.isShareMonitored()) {
                long taken = each.monitoredShare.taken();
                double demand = (taken - share.lastMonitored) * share.cost.nanos() / elapsedNanos;
                share.lastMonitored = taken;
                share.monitoredDemand += LATEST * (demand - share.monitoredDemand);
                monitored.add(each);
                cpus += share.rate;
                areLimited |= share.isLimited;
                if (!share.isLimited) {
                    each.monitoredShare.open();
                }
            }
        }
        if (areLimited) {
            divide(monitored, cpus, nowNanoTime);
        }
    }

    private static void divide(List<ContainerControl> monitored, double cpus, long nowNanoTime) {
        MaxMinDivision division = new MaxMinDivision();
        for (ContainerControl each : monitored) {
            boolean wantsMore = wouldWait(each.monitoredShare, nowNanoTime);
            division.add(
                    each.weight(), wantsMore ? MaxMinDivision.ALL : each.share.monitoredDemand);
        }
        division.divide(cpus);
        for (int i = 0; i < monitored.size(); i++) {
            ContainerControl each = monitored.get(i);
            if (each.share.isLimited) {
                rate(each, Math.max(LEAST_CPUS, division.bound(i)), nowNanoTime);
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
