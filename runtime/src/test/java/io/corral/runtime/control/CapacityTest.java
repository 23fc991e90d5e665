package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void quotaIsAFractionOfCpus() {
        assertThat(CpuQuotaOfProcess.quota("150000 100000")).isEqualTo(1.5);
        assertThat(CpuQuotaOfProcess.quota("max 100000")).isInfinite();
        assertThat(CpuQuotaOfProcess.quota("-1 100000")).isInfinite();
        assertThat(CpuQuotaOfProcess.quota("")).isInfinite();
        assertThat(CpuQuotaOfProcess.cpus()).isPositive();
    }

    @Test
    void listOfAllowedCpusHasNumbersAndRanges() {
        BitSet allowed = new BitSet();
        AllowedCpus.parse("0-3,8,10-11", allowed);

        assertThat(allowed.toString()).isEqualTo("{0, 1, 2, 3, 8, 10, 11}");
    }

    @Test
    void busyPartIsThatOfTheTimeBetweenTwoReadings() {
        Capacity.MachineCpu first = new Capacity.MachineCpu(100, 100);

        assertThat(first.busyUntil(new Capacity.MachineCpu(190, 110))).isEqualTo(0.9);
        assertThat(first.busyUntil(first)).isZero();
    }
}
