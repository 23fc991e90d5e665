package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.runtime.control.LimitSettings.CpuMax;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuQuotaTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final CpuQuota quota = new CpuQuota();

    private static CpuMax percent(double percent) {
        return new CpuMax((long) (percent / 100 * SECOND), SECOND, 0, Limits.Mode.ENFORCE, "test");
    }

    /** Two CPUs; a request is done when it has had its CPU time, and the next one waits already. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 50", "5, 1", "5, 50", "20, 1", "20, 50", "150, 1", "150, 50"})
    void saturatedContainerUsesItsQuotaInTheLongRun(double percent, double requestMillis) {
        CpuMax max = percent(percent);
        double request = requestMillis * 1e6;
        double used = 0;
        double[] left = new double[2];
        int ticks = 60_000;
        for (int i = 0; i < ticks; i++) {
            double inTick = 0;
            int slots = quota.slots(request);
            for (int cpu = 0; cpu < left.length; cpu++) {
                double time = TICK;
                while (time > 0 && (left[cpu] > 0 || cpu < slots)) {
                    left[cpu] = left[cpu] > 0 ? left[cpu] : request;
                    double ran = Math.min(time, left[cpu]);
                    left[cpu] -= ran;
                    time -= ran;
                    inTick += ran;
                }
            }
            used += inTick;
            quota.charge(max, TICK, (long) inTick);
        }

        assertThat(used / ticks / TICK * 100).isCloseTo(percent, Percentage.withPercentage(2));
    }

    @Test
    void periodShorterThanATickRefusesNothingBelowTheQuota() {
        long period = TimeUnit.MILLISECONDS.toNanos(1);
        CpuMax max = new CpuMax(period, period, 0, Limits.Mode.ENFORCE, "test");
        for (int i = 0; i < 100; i++) {
            quota.charge(max, TICK, TICK * 9 / 10);
            assertThat(quota.slots(1e6)).isPositive();
        }
    }

    @Test
    void nothingIsOwedForTheTimeInWhichTheQuotaLimitedNothing() {
        for (int i = 0; i < 100; i++) {
            quota.open(percent(20));
        }
        quota.charge(percent(20), TICK, TICK);

        assertThat(quota.slots(1e6)).isPositive();
        assertThat(quota.debtNanos()).isZero();
    }

    @Test
    void noRequestBeginsWhileCpuTimeIsOwed() {
        quota.charge(percent(20), TICK, SECOND);

        assertThat(quota.slots(1e6)).isZero();
        assertThat(quota.debtNanos()).isCloseTo(SECOND, Percentage.withPercentage(1));
        assertThat(quota.nanosUntilOpen()).isCloseTo(5 * SECOND, Percentage.withPercentage(1));
    }

    @Test
    void unusedQuotaOfMoreThanOnePeriodIsLost() {
        CpuMax max = percent(20);
        for (int i = 0; i < 1_000; i++) {
            quota.charge(max, TICK, 0);
        }
        quota.charge(max, TICK, SECOND / 5 + TICK);

        assertThat(quota.slots(1e6)).isZero();
    }

    @Test
    void asManyRequestsBeginAsThereIsCpuTimeFor() {
        CpuMax max = percent(100);
        for (int i = 0; i < 200; i++) {
            quota.charge(max, TICK, TICK / 2);
        }

        assertThat(quota.slots(5e6)).isBetween(195, 205);
    }

    @Test
    void containerThatUsesTooMuchForTenPeriodsIsNamedOnce() {
        int named = 0;
        for (int i = 0; i < 1_100; i++) {
            quota.charge(percent(20), TICK, TICK / 2);
            named += quota.ignoresDoor(percent(20)) ? 1 : 0;
        }

        assertThat(named).isOne();
    }

    @Test
    void containerWhoseRequestsUseItsQuotaWholeIsNotNamed() {
        int named = 0;
        for (int i = 0; i < 3_000; i++) {
            quota.charge(percent(20), TICK, TICK / 5 + TICK / 250);
            named += quota.ignoresDoor(percent(20)) ? 1 : 0;
        }

        assertThat(named).isZero();
    }
}
