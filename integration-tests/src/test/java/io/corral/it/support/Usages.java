package io.corral.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;

/** Compares two readings. */
public final class Usages {

    private static final long CARRIER_NANOS = 5_000_000;
    private static final long CARRIER_BYTES = 100_000;

    private Usages() {}

    /**
     * That a container was charged what its thread burnt there, and no more than that and what the
     * thread {@linkplain UsedByKernel used besides}, wherever that was; but for what was
     * apportioned, by a percent at the most, which is nothing with {@code clock=exact}.
     */
    public static void assertBurnt(Usage usage, long burntNanos, long besidesNanos) {
        long error = Math.min(usage.apportionedCpuNanos(), burntNanos / 100);
        assertThat(usage.cpuNanos())
                .isBetween(burntNanos - error, burntNanos + besidesNanos + error);
    }

    /**
     * That nothing was used between two readings: where virtual threads were, but for what carriers
     * burn that stand by, whose scheduling goes to the account of the one they have carried last.
     */
    public static void assertSame(Usage later, Usage earlier) {
        boolean carriers = Runtime.version().feature() >= 21;
        assertThat(later.cpuNanos() - earlier.cpuNanos())
                .isBetween(0L, carriers ? CARRIER_NANOS : 0);
        assertThat(later.allocatedBytes() - earlier.allocatedBytes())
                .isBetween(0L, carriers ? CARRIER_BYTES : 0);
        assertThat(later.threads()).isEqualTo(earlier.threads());
        assertThat(later.virtualThreads()).isEqualTo(earlier.virtualThreads());
        assertThat(later.forks()).isEqualTo(earlier.forks());
        assertThat(later.exits()).isEqualTo(earlier.exits());
    }
}
