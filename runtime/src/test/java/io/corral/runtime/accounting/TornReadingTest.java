package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Another thread's allocated bytes, of which one reading is torn. */
class TornReadingTest {

    private static final long TORN = 1L << 32;

    @Test
    void smallerOfTwoReadingsCountsWhicheverIsTorn() {
        for (int torn = 1; torn <= 2; torn++) {
            assertThat(new TornClock(torn).smallerAllocatedBytes()).isEqualTo(1000);
        }
    }

    /** Stands at 1000 bytes; one reading is torn. */
    private static final class TornClock implements ThreadClock {

        private final int torn;
        private int readings;

        TornClock(int torn) {
            this.torn = torn;
        }

        @Override
        public long ownCpuNanos() {
            return 0;
        }

        @Override
        public long cpuNanos() {
            return 0;
        }

        @Override
        public long ownAllocatedBytes() {
            return 1000;
        }

        @Override
        public long allocatedBytes() {
            return ++readings == torn ? 1000 + TORN : 1000;
        }
    }
}
