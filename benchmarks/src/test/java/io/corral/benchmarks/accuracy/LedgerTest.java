package io.corral.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger(2);

    @Test
    void timeBetweenTwoSwitchesIsTheFormersAndTheFirstOneIsOnlyABaseline() {
        ledger.switchTo(0, 1_000);
        ledger.switchTo(1, 1_300);
        ledger.switchTo(0, 1_350);
        assertThat(ledger.cpuNanos(0)).isEqualTo(300);
        assertThat(ledger.cpuNanos(1)).isEqualTo(50);
    }

    @Test
    void switchBetweenTwoReadingsIsInTheMiddle() {
        ledger.switchTo(0, 100, 200);
        ledger.switchTo(1, 1_000, 1_100);
        assertThat(ledger.cpuNanos(0)).isEqualTo(900);
    }

    @Test
    void stayingIsNoResidencyOfItsOwn() {
        ledger.switchTo(0, 1);
        ledger.switchTo(0, 5);
        ledger.switchTo(1, 6);
        assertThat(ledger.residencies(0)).isEqualTo(1);
        assertThat(ledger.residencies(1)).isEqualTo(1);
        assertThat(ledger.cpuNanos(0)).isEqualTo(5);
    }
}
