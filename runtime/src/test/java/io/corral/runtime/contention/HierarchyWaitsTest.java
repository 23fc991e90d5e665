package io.corral.runtime.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HierarchyWaitsTest {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final HierarchyWaits waits = new HierarchyWaits();

    private void second(String runs, double threadsThatWait) {
        ContainerPeriod root = new ContainerPeriod("/", null);
        ContainerPeriod tenants = new ContainerPeriod("/tenants", root);
        ContainerPeriod victim = new ContainerPeriod("/tenants/victim", tenants);
        ContainerPeriod other = new ContainerPeriod(runs, tenants);
        other.usedNanos = SECOND;
        tenants.usedNanos = SECOND;
        tenants.usedBelowNanos = SECOND;
        root.usedNanos = SECOND;
        root.usedBelowNanos = SECOND;
        victim.waitedNanos = threadsThatWait * SECOND;
        waits.add(List.of(root, tenants, victim, other), SECOND, SECOND, false);
    }

    @Test
    void averageIsThatOfTheTimeSinceTheFirstPeriod() {
        second("/tenants/a", 4);
        assertThat(only().waiting()).isEqualTo(4, offset(0.001));
        second("/tenants/a", 4);
        assertThat(only().waiting()).isEqualTo(4, offset(0.001));
        assertThat(only().others())
                .singleElement()
                .satisfies(other -> assertThat(other.nanos())
                        .isEqualTo(only().waitedNanos(), offset(SECOND / 1_000)));
    }

    @Test
    void whoRunsNowIsSoonFirst() {
        for (int i = 0; i < 100; i++) {
            second("/tenants/a", 1);
        }
        for (int i = 0; i < 10; i++) {
            second("/tenants/b", 1);
        }
        assertThat(only().others())
                .extracting(RanMeanwhile.Other::path)
                .containsExactly("/tenants/b", "/tenants/a");
    }

    @Test
    void nobodyIsNamedForAShortWait() {
        second("/tenants/a", 0.005);
        assertThat(only().others()).isEmpty();
    }

    @Test
    void containerThatWaitsNoMoreIsForgotten() {
        second("/tenants/a", 1);
        for (int i = 0; i < 200; i++) {
            second("/tenants/a", 0);
        }
        assertThat(waits.recent()).isEmpty();
    }

    private RanMeanwhile only() {
        assertThat(waits.recent()).hasSize(1);
        return waits.recent().get(0);
    }
}
