package io.corral.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.corral.benchmarks.harness.Sample.Interval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(new Sample(List.of(4.0, 1.0, 3.0)).median()).isEqualTo(3);
        assertThat(new Sample(List.of(4.0, 1.0, 3.0, 10.0)).median()).isEqualTo(3.5);
    }

    @Test
    void pairsAreFormedByPosition() {
        Sample values = new Sample(List.of(10.0, 30.0));
        Sample base = new Sample(List.of(5.0, 10.0));
        assertThat(values.over(base).values()).containsExactly(2.0, 3.0);
        assertThat(values.minus(base).values()).containsExactly(5.0, 20.0);
    }

    @Test
    void samplesOfDifferentLengthAreRefused() {
        Sample two = new Sample(List.of(1.0, 2.0));
        assertThatIllegalArgumentException().isThrownBy(() -> two.over(new Sample(List.of(1.0))));
    }

    @Test
    void emptyAndInfiniteSamplesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(List.of(1.0, Double.POSITIVE_INFINITY)));
    }

    @Test
    void intervalHoldsTheTrueMedianInAboutNineteenOfTwentySamples() {
        Random random = new Random(7);
        int held = 0;
        for (int i = 0; i < 200; i++) {
            Sample sample = new Sample(
                    random.doubles(25).map(value -> 100 * value).boxed().toList());
            Interval interval = sample.interval();
            held += interval.low() <= 50 && 50 <= interval.high() ? 1 : 0;
        }
        assertThat(held).isBetween(180, 200);
    }
}
