package io.corral.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of several cases that are measured in rounds. */
public final class Samples<C> {

    private final Map<C, List<Double>> values = new LinkedHashMap<>();

    /** Measures one case once. */
    public interface Measurement<C> {
        double measure(C one) throws Exception;
    }

    /**
     * Measures each case once a round, so that a change of the machine's speed hits all of them.
     * Every second round goes backwards.
     */
    public static <C> Samples<C> inRounds(
            int rounds, Collection<C> cases, Measurement<C> measurement) throws Exception {
        Samples<C> samples = new Samples<>();
        List<C> order = new ArrayList<>(cases);
        for (int i = 0; i < rounds; i++) {
            for (C one : order) {
                samples.add(one, measurement.measure(one));
            }
            Collections.reverse(order);
        }
        return samples;
    }

    public void add(C one, double value) {
        values.computeIfAbsent(one, unused -> new ArrayList<>()).add(value);
    }

    public Sample of(C one) {
        return new Sample(values.getOrDefault(one, List.of()));
    }

    /** The ratio of each value to the base's of the same round. */
    public Sample ratio(C one, C base) {
        return of(one).over(of(base));
    }

    /** The difference of each value to the base's of the same round. */
    public Sample difference(C one, C base) {
        return of(one).minus(of(base));
    }
}
