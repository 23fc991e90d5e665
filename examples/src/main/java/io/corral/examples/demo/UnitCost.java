package io.corral.examples.demo;

import io.corral.examples.service.UsageReading;
import io.corral.examples.service.UsageReading.WorkDone;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The CPU time of a unit of work.
 *
 * @param endpoint its path, or {@link #ALL} for all that the tenant's container was charged
 * @param units the number of units that were done
 * @param cpuNanos the CPU time of one unit; NaN if there were no units
 */
record UnitCost(String tenant, String endpoint, long units, double cpuNanos) {

    /** The path of the root of the endpoints' hierarchy. */
    static final String ALL = "/";

    /** The costs of each tenant and endpoint, from the units done between two readings. */
    static List<UnitCost> between(UsageReading from, UsageReading to) {
        List<UnitCost> costs = new ArrayList<>();
        for (int i = 0; i < to.work().size(); i++) {
            WorkDone before = from.work().get(i);
            WorkDone after = to.work().get(i);
            long units = after.units() - before.units();
            long nanos = after.cpuNanos() - before.cpuNanos();
            costs.add(new UnitCost(
                    after.tenant(),
                    after.endpoint(),
                    units,
                    units == 0 ? Double.NaN : (double) nanos / units));
        }
        return costs;
    }

    /** The ratio by which the most expensive tenant's unit exceeds the cheapest tenant's. */
    static double spread(List<UnitCost> costs, String endpoint) {
        DoubleSummaryStatistics nanos = costs.stream()
                .filter(cost -> cost.endpoint().equals(endpoint))
                .mapToDouble(UnitCost::cpuNanos)
                .summaryStatistics();
        return nanos.getMax() / nanos.getMin() - 1;
    }
}
