package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCostTest {

    private static final int TICK_NANOS = 10_000_000;

    private final RequestCost cost = new RequestCost();

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 20, 300})
    void costOfOneRequestAfterAnotherIsItsCpuTime(double millis) {
        double nanos = millis * 1e6;
        double used = 0;
        long ended = 0;
        for (int tick = 0; tick < 1_000; tick++) {
            used += TICK_NANOS;
            long endedNow = (long) (used / nanos);
            cost.add(TICK_NANOS, endedNow - ended, 1);
            ended = endedNow;
        }

        assertThat(cost.nanos()).isCloseTo(nanos, Percentage.withPercentage(10));
    }

    /** Two CPUs, divided evenly among requests of 20 ms that arrive twice as fast as they end. */
    @Test
    void costIsRightWhileRequestsPileUp() {
        double each = 20e6;
        ArrayDeque<Double> left = new ArrayDeque<>();
        for (int tick = 0; tick < 500; tick++) {
            left.add(each);
            left.add(each);
            double share = 2.0 * TICK_NANOS / left.size();
            int ended = 0;
            for (int i = left.size(); i > 0; i--) {
                double rest = left.remove() - share;
                if (rest > 0) {
                    left.add(rest);
                } else {
                    ended++;
                }
            }
            cost.add(2 * TICK_NANOS, ended, left.size());
        }

        assertThat(left).hasSizeGreaterThan(200);
        assertThat(cost.nanos()).isCloseTo(each, Percentage.withPercentage(10));
    }

    @Test
    void costIsAGuessUntilARequestHasEnded() {
        cost.add(TICK_NANOS, 0, 1);

        assertThat(cost.nanos()).isEqualTo(1e6);

        cost.add(TICK_NANOS, 1, 0);

        assertThat(cost.nanos()).isCloseTo(2.0 * TICK_NANOS, Percentage.withPercentage(5));
    }
}
