package io.corral.examples.demo;

import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import io.corral.examples.service.UsageReading.WorkDone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time of a unit of work.
 *
 * @param endpoint its path, or {@link #ALL} for all that the tenant's container was charged
 * @param units the number of units that were done
 * @param cpuNanos the CPU time of one unit; NaN if unknown
 */
record CostPerUnit(String tenant, String endpoint, long units, double cpuNanos) {

    /** The path of the root of the endpoints' hierarchy. */
    static final String ALL = "/";

    /** The costs of each tenant and endpoint, from the units done between two readings. */
    static List<CostPerUnit> between(UsageReading from, UsageReading to) {
        List<CostPerUnit> costs = new ArrayList<>();
        for (String tenant : Shop.TENANTS) {
            for (String endpoint : Shop.ENDPOINTS) {
                Predicate<WorkDone> here =
                        work -> work.tenant().equals(tenant) && work.endpoint().equals(endpoint);
                double nanos = cpuNanos(to, here) - cpuNanos(from, here);
                costs.add(of(tenant, endpoint, units(to, here) - units(from, here), nanos));
            }
            Predicate<WorkDone> any = work -> work.tenant().equals(tenant);
            double nanos = containerCpuNanos(to, tenant) - containerCpuNanos(from, tenant);
            costs.add(of(tenant, ALL, units(to, any) - units(from, any), nanos));
        }
        return costs;
    }

    private static CostPerUnit of(String tenant, String endpoint, long units, double nanos) {
        return new CostPerUnit(tenant, endpoint, units, units == 0 ? Double.NaN : nanos / units);
    }

    /** The ratio by which the most expensive tenant's unit exceeds the cheapest tenant's. */
    static double spread(List<CostPerUnit> costs, String endpoint) {
        double most = 0;
        double least = Double.MAX_VALUE;
        for (CostPerUnit cost : costs) {
            if (cost.endpoint().equals(endpoint)) {
                most = Math.max(most, cost.cpuNanos());
                least = Math.min(least, cost.cpuNanos());
            }
        }
        return most / least - 1;
    }

    private static long units(UsageReading reading, Predicate<WorkDone> which) {
        return reading.work().stream().filter(which).mapToLong(WorkDone::units).sum();
    }

    private static double cpuNanos(UsageReading reading, Predicate<WorkDone> which) {
        return reading.work().stream()
                .filter(which)
                .mapToDouble(w -> known(w.cpuNanos()))
                .sum();
    }

    private static double containerCpuNanos(UsageReading reading, String tenant) {
        return reading.containers().stream()
                .filter(container -> container.container().equals("/tenants/" + tenant))
                .mapToDouble(container -> known(container.total().cpuNanos()))
                .sum();
    }

    private static double known(@Nullable Long nanos) {
        return nanos == null ? Double.NaN : nanos;
    }
}
