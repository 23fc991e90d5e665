package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Has setups measured in turn, round after round, in an order that changes: so that the n-th of each are pairs. */
final class Turns {

    /** One measurement of a setup. */
    interface Measure<T> {

        T of(Setup setup) throws IOException, InterruptedException;
    }

    private Turns() {}

    /** The first round is not kept: it fills the caches of the machine. */
    static <T> Map<Setup, List<T>> runs(List<Setup> setups, int rounds, Measure<T> measure)
            throws IOException, InterruptedException {
        for (Setup setup : setups) {
            measure.of(setup);
        }
        Random random = new Random(1);
        List<Setup> order = new ArrayList<>(setups);
        Map<Setup, List<T>> runs = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            Collections.shuffle(order, random);
            for (Setup setup : order) {
                runs.computeIfAbsent(setup, unused -> new ArrayList<>()).add(measure.of(setup));
            }
        }
        Map<Setup, List<T>> asGiven = new LinkedHashMap<>();
        setups.forEach(setup -> asGiven.put(setup, runs.getOrDefault(setup, List.of())));
        return asGiven;
    }
}
