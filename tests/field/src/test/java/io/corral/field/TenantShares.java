package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Percentage;

/** The tenants a, b and c of a case, which do the same work once, twice and three times. */
final class TenantShares {

    private static final List<String> TENANTS = List.of("a", "b", "c");
    /** Each request costs about the same besides its work, also the first of a tenant. */
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);

    private TenantShares() {}

    /**
     * @param container the path of a tenant's container, with {@code %s} for the tenant
     * @param least the tenants' least part of the CPU time that the service and its clients used
     */
    static void areOneToTwoToThree(Reading reading, String container, double least) {
        List<Double> shares = TENANTS.stream()
                .map(tenant -> reading.share(container.formatted(tenant)))
                .toList();
        double all = shares.stream().mapToDouble(Double::doubleValue).sum();
        assertThat(all).as("%s", reading).isGreaterThan(least * reading.ofPools());
        for (int tenant = 0; tenant < TENANTS.size(); tenant++) {
            assertThat(shares.get(tenant) / all)
                    .as("%s of %s", TENANTS.get(tenant), shares)
                    .isCloseTo((tenant + 1) / 6.0, TOLERANCE);
        }
    }
}
