package io.corral.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The same figure from several runs, or the ratios of paired runs: its median, with an interval. */
record Sample(List<Double> values) {

    private static final int RESAMPLES = 10_000;

    /** Where 95 % of medians lie. */
    record Interval(double low, double high) {}

    double median() {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** By the bootstrap, with a fixed seed. Of fewer than three runs it says little. */
    Interval interval() {
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

    /** Of runs made in pairs. */
    Sample over(Sample base) {
        double[] ratios = new double[Math.min(values.size(), base.values.size())];
        Arrays.setAll(ratios, i -> values.get(i) / base.values.get(i));
        return new Sample(Arrays.stream(ratios).boxed().toList());
    }

    Sample less(Sample base) {
        double[] differences = new double[Math.min(values.size(), base.values.size())];
        Arrays.setAll(differences, i -> values.get(i) - base.values.get(i));
        return new Sample(Arrays.stream(differences).boxed().toList());
    }

    private static double median(double[] numbers) {
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1
                ? numbers[middle]
                : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
