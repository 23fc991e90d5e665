package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTest {

    private static final Jdk JDK = new Jdk(null, "21.0.5+11-LTS");

    @Test
    void budgetHoldsIfTheWholeIntervalIsBelow() {
        assertThat(atMost(10, 7, 8, 9).verdict()).isEqualTo("holds");
        assertThat(atMost(10, 10, 10, 10).verdict()).isEqualTo("holds");
    }

    @Test
    void budgetDoesNotHoldIfTheWholeIntervalIsAbove() {
        assertThat(atMost(10, 11, 12, 13).verdict()).isEqualTo("does not hold");
    }

    @Test
    void intervalThatStraddlesTheBudgetIsUnresolved() {
        assertThat(atMost(10, 8, 9, 11).verdict()).isEqualTo("unresolved");
        assertThat(atMost(10, 10, 10, 11).verdict()).isEqualTo("unresolved");
        assertThat(atLeast(8, 7, 9, 10).verdict()).isEqualTo("unresolved");
    }

    @Test
    void floorHoldsAboveAndDoesNotBelow() {
        assertThat(atLeast(8, 9, 10, 11).verdict()).isEqualTo("holds");
        assertThat(atLeast(8, 8, 8, 8).verdict()).isEqualTo("holds");
        assertThat(atLeast(8, 5, 6, 7).verdict()).isEqualTo("does not hold");
    }

    @Test
    void fewerThanThreeRunsResolveNothing() {
        assertThat(atMost(10, 1, 1).verdict()).isEqualTo("unresolved");
    }

    @Test
    void whatIsOnlyShownHasNoVerdict() {
        Row row = Row.shown("yield", JDK, Sample.of(250), "ns");

        assertThat(row.verdict()).isEmpty();
        assertThat(row.cells()).containsExactly("yield", "21", "250 ns", "one run", "", "");
    }

    @Test
    void cellsSayTheBudgetAndWhetherItIsAFloor() {
        assertThat(atMost(1_500, 1_234.5, 1_234.5, 1_234.5).cells())
                .containsExactly("it", "21", "1,235 x", "1,235 to 1,235", "1,500 x", "holds");
        assertThat(atLeast(8, 9.126, 12.34, 9.126).cells())
                .containsExactly("it", "21", "9.13 x", "9.13 to 12.3", "at least 8.00 x", "holds");
    }

    @Test
    void aRatioNearOneIsSaidToAThousandth() {
        assertThat(atMost(1.01, 1.0042, 1.0042, 1.0042).cells())
                .containsExactly("it", "21", "1.004 x", "1.004 to 1.004", "1.010 x", "holds");
        assertThat(Row.shown("it", JDK, Sample.of(1.0042), "ns").cells()[2]).isEqualTo("1.00 ns");
    }

    private static Row atMost(double limit, double... runs) {
        return Row.atMost(limit, "it", JDK, Sample.of(runs), "x");
    }

    private static Row atLeast(double limit, double... runs) {
        return Row.atLeast(limit, "it", JDK, Sample.of(runs), "x");
    }
}
