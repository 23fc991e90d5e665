package io.corral.benchmarks.process;

import io.corral.benchmarks.Sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The windows of services that were launched together and measured in turn, or at the same moment, launch
 * after launch.
 *
 * <p>What the JIT makes of a program differs from launch to launch, and stays so for that JVM's life:
 * windows of one launch are not independent. So a launch gives one value, the median of its windows',
 * and an interval tells how those values differ.
 */
final class Launches {

    /** One window in so many is quick. */
    private static final int QUICK = 3;

    private final List<Map<Setup, List<Window>>> launches = new ArrayList<>();

    /** What follows is of new JVMs. */
    void next() {
        launches.add(new LinkedHashMap<>());
    }

    /** The windows of different setups that were added as the n-th are a pair. */
    void add(Setup setup, Window window) {
        launches.get(launches.size() - 1)
                .computeIfAbsent(setup, unused -> new ArrayList<>())
                .add(window);
    }

    /** One value for each launch of the setup. */
    Sample figure(Setup setup, ToDoubleFunction<Window> figure) {
        return ofEach(launch -> figures(launch, setup, figure).median(), setup);
    }

    /** How many times the base's it is, pair by pair; one value for each launch of both. */
    Sample ratio(Setup setup, Setup base, ToDoubleFunction<Window> figure) {
        return ofEach(
                launch -> figures(launch, setup, figure)
                        .over(figures(launch, base, figure))
                        .median(),
                setup,
                base);
    }

    /** As {@link #figure}, but of the quick windows only: of what other load makes larger, and never smaller. */
    Sample quick(Setup setup, ToDoubleFunction<Window> figure) {
        return ofEach(launch -> quick(launch, setup, figure), setup);
    }

    /** How many times the base's the quick windows' is. */
    Sample ratioOfQuick(Setup setup, Setup base, ToDoubleFunction<Window> figure) {
        return ofEach(
                launch -> quick(launch, setup, figure) / quick(launch, base, figure), setup, base);
    }

    /** Of each launch that has all these setups. */
    private Sample ofEach(ToDoubleFunction<Map<Setup, List<Window>>> value, Setup... setups) {
        return new Sample(launches.stream()
                .filter(launch -> launch.keySet().containsAll(List.of(setups)))
                .map(value::applyAsDouble)
                .toList());
    }

    private static double quick(
            Map<Setup, List<Window>> launch, Setup setup, ToDoubleFunction<Window> figure) {
        return figures(launch, setup, figure).quickest(QUICK).average();
    }

    private static Sample figures(
            Map<Setup, List<Window>> launch, Setup setup, ToDoubleFunction<Window> figure) {
        return new Sample(launch.get(setup).stream().map(figure::applyAsDouble).toList());
    }
}
