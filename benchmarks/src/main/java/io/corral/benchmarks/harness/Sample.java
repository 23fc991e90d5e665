package io.corral.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/**
 * One figure from several runs. Two samples are paired by position: the values at the same index
 * come from the same round.
 */
public record Sample(List<Double> values) {

    private static final int RESAMPLES = 10_000;

    public Sample {
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("no figure can be made of " + values);
        }
    }

    /** The 95% interval of the median. */
    public record Interval(double low, double high) {}

    public double median() {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double median(double[] numbers) {
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1
                ? numbers[middle]
                : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    /**
     * Computed by the percentile bootstrap with a fixed seed. With fewer than three values it says
     * little.
     */
    public Interval interval() {
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        double[] picked = new double[values.size()];
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.setAll(picked, j -> values.get(random.nextInt(picked.length)));
            medians[i] = median(picked);
        }
        Arrays.sort(medians);
        return new Interval(medians[RESAMPLES / 40], medians[RESAMPLES - RESAMPLES / 40 - 1]);
    }

    /** The ratio of each value to its pair's. */
    public Sample over(Sample base) {
        return paired(base, (value, other) -> value / other);
    }

    /** The difference of each value to its pair's. */
    public Sample minus(Sample base) {
        return paired(base, (value, other) -> value - other);
    }

    private Sample paired(Sample base, DoubleBinaryOperator operator) {
        if (values.size() != base.values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " values can't be paired with " + base.values.size());
        }
        double[] results = new double[values.size()];
        Arrays.setAll(results, i -> operator.applyAsDouble(values.get(i), base.values.get(i)));
        return new Sample(Arrays.stream(results).boxed().toList());
    }
}
