package io.corral.field.agents;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Does work for tenants, and measures its CPU time with the threads' own clocks. A virtual thread
 * has none: a unit of its work counts as the mean of the other threads' units.
 */
final class WorkClock {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final long UNKNOWN = -1;

    private final long[] nanosByTenant;
    private final int[] unmeasuredUnitsByTenant;
    private int measuredUnits;

    WorkClock(int tenants) {
        nanosByTenant = new long[tenants];
        unmeasuredUnitsByTenant = new int[tenants];
    }

    void run(int tenant, int units) {
        long begin = threadNanos();
        WorkUnits.run(units);
        add(tenant, units, begin == UNKNOWN ? UNKNOWN : threadNanos() - begin);
    }

    private synchronized void add(int tenant, int units, long nanos) {
        if (nanos == UNKNOWN) {
            unmeasuredUnitsByTenant[tenant] += units;
        } else {
            measuredUnits += units;
            nanosByTenant[tenant] += nanos;
        }
    }

    synchronized double nanos(int tenant) {
        double all = 0;
        for (long each : nanosByTenant) {
            all += each;
        }
        return nanosByTenant[tenant] + unmeasuredUnitsByTenant[tenant] * all / measuredUnits;
    }

    private static long threadNanos() {
        try {
            return CLOCK.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException noClockOfAVirtualThread) {
            return UNKNOWN;
        }
    }
}
