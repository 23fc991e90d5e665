package io.corral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void unknownNumberIsPrintedAsUnknown() {
        assertThat(new Usage(7, 0, Usage.UNKNOWN, Usage.UNKNOWN, 1, 2, 3, 4, 5, 6, 7))
                .hasToString("Usage[cpuNanos=7, apportionedCpuNanos=0, allocatedBytes=unknown,"
                        + " settledAllocatedBytes=unknown, threads=1, virtualThreads=2, forks=3,"
                        + " exits=4, queuedNanos=5, waits=6, waiting=7]");
    }
}
