package io.corral.integration.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;

/** Compares two readings. */
public final class UsageAssertions {

    private static final long CARRIER_NANOS = 5_000_000;
    private static final long CARRIER_BYTES = 100_000;

    private UsageAssertions() {}

    /**
     * Asserts that a container was charged at least what its thread burnt there, and at most that
     * and what the thread {@linkplain KernelCpuClock used besides}. One per cent of the apportioned
     * time is allowed as an error; there is none with {@code clock=exact}.
     */
    public static void assertBurnt(Usage usage, long burntNanos, long besidesNanos) {
        long error = Math.min(usage.apportionedCpuNanos(), burntNanos / 100);
        assertThat(usage.cpuNanos())
                .isBetween(burntNanos - error, burntNanos + besidesNanos + error);
    }

    /**
     * Asserts that nothing was used between two readings. After virtual threads, allows the
     * scheduling of idle carriers, which is charged to the account of the last thread that they
     * ran.
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
