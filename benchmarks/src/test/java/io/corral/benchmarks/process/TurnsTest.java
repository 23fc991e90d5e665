package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Setup ONE = new Setup("one", List.of());
    private static final Setup TWO = new Setup("two", List.of());

    private final List<Setup> measured = new ArrayList<>();

    /** The round it was measured in, from 0. */
    private double measure(Setup setup) {
        measured.add(setup);
        return (measured.size() - 1) / 2;
    }

    @Test
    void theFirstRoundIsNotKeptAndTheOthersArePairs() throws Exception {
        Map<Setup, List<Double>> runs = Turns.runs(List.of(ONE, TWO), 3, this::measure);
        assertThat(runs.get(ONE)).containsExactly(1.0, 2.0, 3.0);
        assertThat(runs.get(TWO)).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void eachIsFirstInSomeRounds() throws Exception {
        Turns.runs(List.of(ONE, TWO), 20, this::measure);
        Set<Setup> first = new LinkedHashSet<>();
        for (int i = 2; i < measured.size(); i += 2) {
            first.add(measured.get(i));
        }
        assertThat(first).containsExactlyInAnyOrder(ONE, TWO);
    }
}
