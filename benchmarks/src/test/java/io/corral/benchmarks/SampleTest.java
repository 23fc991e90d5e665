package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Sample.of(9, 1, 5, 6).median()).isEqualTo(5.5);
    }

    @Test
    void theQuickestAreThoseOfTheShortestTimesAndAtLeastOne() {
        assertThat(Sample.of(9, 1, 5, 6, 7, 2, 8).quickest(3).values()).containsExactly(1.0, 2.0);
        assertThat(Sample.of(9, 8).quickest(3).values()).containsExactly(8.0);
    }

    @Test
    void intervalOfEqualRunsIsAPoint() {
        assertThat(Sample.of(3, 3, 3, 3).interval()).isEqualTo(new Sample.Interval(3, 3));
    }

    /** The middle half of 101 runs from 0 to 100 is 25 to 75: medians vary much less. */
    @Test
    void intervalHoldsTheMedianAndIsNarrowerThanTheRuns() {
        double[] runs = new double[101];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = i;
        }

        Sample.Interval interval = Sample.of(runs).interval();

        assertThat(interval.low()).isBetween(35.0, 45.0);
        assertThat(interval.high()).isBetween(55.0, 65.0);
    }

    @Test
    void oneRunAstrayMovesNeitherMedianNorIntervalOfMany() {
        Sample sample = Sample.of(1, 1, 1, 1, 1, 1, 1, 1, 1_000);

        assertThat(sample.median()).isEqualTo(1);
        assertThat(sample.interval()).isEqualTo(new Sample.Interval(1, 1));
    }

    @Test
    void intervalIsTheSameEachTimeItIsAsked() {
        Sample sample = Sample.of(1, 2, 4, 8, 16);

        assertThat(sample.interval()).isEqualTo(sample.interval());
    }

    @Test
    void ratiosAndDifferencesAreOfRunsOfOneRound() {
        Sample slow = Sample.of(10, 200, 3_000);
        Sample base = Sample.of(10, 100, 1_000);

        assertThat(slow.over(base).values()).isEqualTo(List.of(1.0, 2.0, 3.0));
        assertThat(slow.less(base).values()).isEqualTo(List.of(0.0, 100.0, 2_000.0));
        assertThat(base.times(2).values()).isEqualTo(List.of(20.0, 200.0, 2_000.0));
    }

    @Test
    void samplesOfDifferentLengthAreNoPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.of(1, 2).over(Sample.of(1)))
                .withMessage("2 runs can't be paired with 1");
    }

    @Test
    void noRunAndWhatIsNoNumberMakeNoSample() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.of());
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1, Double.NaN));
    }

    @Test
    void quickIsWhatOneInSoManyIsShorterThan() {
        Sample ten = Sample.of(5, 3, 9, 1, 7, 8, 2, 6, 4, 10);
        assertThat(ten.quick(10)).isEqualTo(2);
        assertThat(ten.quick(5)).isEqualTo(3);
        assertThat(ten.quick(2)).isEqualTo(6);
        assertThat(Sample.of(4).quick(10)).isEqualTo(4);
    }

    @Test
    void averageIsOfAll() {
        assertThat(Sample.of(1, 2, 6).average()).isEqualTo(3);
    }

    @Test
    void twoAreTakenTogetherRunByRun() {
        assertThat(Sample.of(1, 4).and(Sample.of(3, 6)).values()).containsExactly(2.0, 5.0);
    }
}
