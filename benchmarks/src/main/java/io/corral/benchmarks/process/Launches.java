package io.corral.benchmarks.process;

import io.corral.benchmarks.Sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

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

    private final List<Windows> launches = new ArrayList<>();

    /** Those of one launch. */
    static final class Windows {

        /** By setup, and by part of that. */
        private final Map<Setup, Map<Integer, List<Window>>> of = new LinkedHashMap<>();

        private Windows() {}

        /** Of the one JVM that the setup has. The windows of different setups that were added as the n-th are a pair. */
        void add(Setup setup, Window window) {
            add(setup, 0, window);
        }

        /** @param part a JVM where a setup has several, or a time between two changes: compared with the same part of the base */
        void add(Setup setup, int part, Window window) {
            of.computeIfAbsent(setup, unused -> new LinkedHashMap<>())
                    .computeIfAbsent(part, unused -> new ArrayList<>())
                    .add(window);
        }

        private boolean hasAll(Setup... setups) {
            return of.keySet().containsAll(List.of(setups));
        }

        private Sample figures(Setup setup, ToDoubleFunction<Window> figure) {
            List<Window> all = new ArrayList<>();
            byPart(setup).forEach(all::addAll);
            return sample(all, figure);
        }

        /** What one part is slower by is in a ratio's both sides. */
        private double quick(Setup setup, ToDoubleFunction<Window> figure) {
            return geometricMean(byPart(setup).stream()
                    .mapToDouble(
                            windows -> sample(windows, figure).quickest(QUICK).average()));
        }

        /** Each part's windows over the base's of the same part. */
        private double ratio(Setup setup, Setup base, ToDoubleFunction<Window> figure) {
            Map<Integer, List<Window>> bases = of.getOrDefault(base, Map.of());
            return geometricMean(of.getOrDefault(setup, Map.of()).entrySet().stream()
                    .mapToDouble(part -> sample(part.getValue(), figure)
                            .over(sample(bases.getOrDefault(part.getKey(), List.of()), figure))
                            .median()));
        }

        private static double geometricMean(DoubleStream values) {
            double[] all = values.toArray();
            return Math.pow(DoubleStream.of(all).reduce(1, (a, b) -> a * b), 1.0 / all.length);
        }

        private Collection<List<Window>> byPart(Setup setup) {
            return of.getOrDefault(setup, Map.of()).values();
        }

        private static Sample sample(List<Window> windows, ToDoubleFunction<Window> figure) {
            return new Sample(windows.stream().map(figure::applyAsDouble).toList());
        }
    }

    /** For a launch of new JVMs. */
    Windows next() {
        Windows next = new Windows();
        launches.add(next);
        return next;
    }

    /** One value for each launch of the setup. */
    Sample figure(Setup setup, ToDoubleFunction<Window> figure) {
        return ofEach(launch -> launch.figures(setup, figure).median(), setup);
    }

    /** How many times the base's it is, pair by pair; one value for each launch of both. */
    Sample ratio(Setup setup, Setup base, ToDoubleFunction<Window> figure) {
        return ofEach(launch -> launch.ratio(setup, base, figure), setup, base);
    }

    /** As {@link #figure}, but of the quick windows only: of what other load makes larger, and never smaller. */
    Sample quick(Setup setup, ToDoubleFunction<Window> figure) {
        return ofEach(launch -> launch.quick(setup, figure), setup);
    }

    /** How many times the base's the quick windows' is. */
    Sample ratioOfQuick(Setup setup, Setup base, ToDoubleFunction<Window> figure) {
        return ofEach(
                launch -> launch.quick(setup, figure) / launch.quick(base, figure), setup, base);
    }

    /** Of each launch that has all these setups. */
    private Sample ofEach(ToDoubleFunction<Windows> value, Setup... setups) {
        return new Sample(launches.stream()
                .filter(launch -> launch.hasAll(setups))
                .map(value::applyAsDouble)
                .toList());
    }
}
