package io.corral.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/**
 * The same figure from several runs, or the ratios of paired runs: its median, with an interval.
 *
 * @param values one a run, in the order of the runs
 */
public record Sample(List<Double> values) {

    private static final int RESAMPLES = 10_000;

    public Sample {
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("no figure can be made of the runs " + values);
        }
    }

    /** Where 95 % of medians lie. */
    public record Interval(double low, double high) {}

    public static Sample of(double... values) {
        return new Sample(Arrays.stream(values).boxed().toList());
    }

    public double median() {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public double average() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** That value, of times that other load makes longer and never shorter, which one in {@code oneIn} is shorter than. */
    public double quick(int oneIn) {
        return values.stream().sorted().toList().get(values.size() / oneIn);
    }

    /** Of such times that part, one in {@code oneIn}, which is shortest; at least one. */
    public Sample quickest(int oneIn) {
        return new Sample(values.stream()
                .sorted()
                .limit(Math.max(1, values.size() / oneIn))
                .toList());
    }

    /** By the bootstrap, with a fixed seed. Of fewer than three runs it says little. */
    public Interval interval() {
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        double[] picked = new double[values.size()];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < picked.length; j++) {
                picked[j] = values.get(random.nextInt(picked.length));
            }
            medians[i] = median(picked.clone());
        }
        Arrays.sort(medians);
        return new Interval(medians[RESAMPLES / 40], medians[RESAMPLES - RESAMPLES / 40 - 1]);
    }

    /**
     * The ratio of each run to its pair's.
     *
     * @throws IllegalArgumentException if there are not as many of each
     */
    public Sample over(Sample base) {
        return pairs(base, (value, of) -> value / of);
    }

    /**
     * The difference of each run to its pair's.
     *
     * @throws IllegalArgumentException if there are not as many of each
     */
    public Sample less(Sample base) {
        return pairs(base, (value, of) -> value - of);
    }

    /**
     * The mean of each run and its pair.
     *
     * @throws IllegalArgumentException if there are not as many of each
     */
    public Sample and(Sample twin) {
        return pairs(twin, (value, other) -> (value + other) / 2);
    }

    public Sample times(double factor) {
        return new Sample(values.stream().map(value -> value * factor).toList());
    }

    private Sample pairs(Sample base, DoubleBinaryOperator operator) {
        if (values.size() != base.values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " runs can't be paired with " + base.values.size());
        }
        double[] results = new double[values.size()];
        Arrays.setAll(results, i -> operator.applyAsDouble(values.get(i), base.values.get(i)));
        return of(results);
    }

    private static double median(double[] numbers) {
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1
                ? numbers[middle]
                : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
