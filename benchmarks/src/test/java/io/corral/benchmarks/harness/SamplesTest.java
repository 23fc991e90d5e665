package io.corral.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void everySecondRoundRunsInReverseOrder() throws Exception {
        List<String> order = new ArrayList<>();
        Samples.inRounds(3, List.of("a", "b"), one -> {
            order.add(one);
            return 1;
        });
        assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    }

    @Test
    void valuesOfOneRoundAreAPair() throws Exception {
        double[] factor = {1};
        Samples<String> samples = Samples.inRounds(2, List.of("base", "other"), one -> {
            factor[0] *= 2;
            return one.equals("base") ? factor[0] : 100 * factor[0];
        });
        // Round 1: base 2, other 400. Round 2: other 800, base 16.
        assertThat(samples.ratio("other", "base").values()).containsExactly(200.0, 50.0);
        assertThat(samples.difference("other", "base").values()).containsExactly(398.0, 784.0);
    }
}
