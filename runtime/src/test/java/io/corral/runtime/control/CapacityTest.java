package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void quotaIsTheLeastOfTheGroupsThatCanBeSeen(@TempDir Path top) throws IOException {
        Path group = Files.createDirectories(top.resolve("pod/service"));
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/pod/service", true))
                .isInfinite();
        Files.writeString(group.resolve("cpu.max"), "max 100000\n");
        Files.writeString(top.resolve("pod/cpu.max"), "150000 100000\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/pod/service", true))
                .isEqualTo(1.5);
        Files.writeString(group.resolve("cpu.max"), "20000 10000\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/pod/service", true))
                .isEqualTo(1.5);
        Files.writeString(group.resolve("cpu.max"), "5000 10000\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/pod/service", true))
                .isEqualTo(0.5);
        // In a container the path is that of the host.
        Files.writeString(top.resolve("cpu.max"), "250000 100000\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/not/here", true)).isEqualTo(2.5);
    }

    @Test
    void quotaOfTheOlderGroupsIsInTwoFiles(@TempDir Path top) throws IOException {
        Path group = Files.createDirectories(top.resolve("service"));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), "150000\n");
        Files.writeString(group.resolve("cpu.cfs_period_us"), "100000\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/service", false)).isEqualTo(1.5);
        Files.writeString(group.resolve("cpu.cfs_quota_us"), "-1\n");
        assertThat(CpuQuotaOfProcess.least(top.toString(), "/service", false)).isInfinite();
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
