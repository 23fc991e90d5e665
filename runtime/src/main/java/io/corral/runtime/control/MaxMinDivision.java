package io.corral.runtime.control;

import java.util.Arrays;

/**
 * Weighted max-min fairness: divides something among participants by weight. One that wants less
 * than its share gets what it wants, and the others share the rest. Not thread-safe.
 */
final class MaxMinDivision {

    /** The demand of a participant that takes whatever it gets. */
    static final double ALL = Double.POSITIVE_INFINITY;

    private static final int FIRST_SIZE = 16;

    private double[] weights = new double[FIRST_SIZE];
    private double[] demands = new double[FIRST_SIZE];
    private boolean[] isSatisfied = new boolean[FIRST_SIZE];
    private int count;

    /** What those that are not satisfied share, and the sum of their weights. */
    private double left;

    private double leftWeights;

    void clear() {
        count = 0;
    }

    /** Adds a participant. The first one has the index 0. */
    void add(double weight, double demand) {
        if (count == weights.length) {
            weights = Arrays.copyOf(weights, 2 * count);
            demands = Arrays.copyOf(demands, 2 * count);
            isSatisfied = Arrays.copyOf(isSatisfied, 2 * count);
        }
        weights[count] = weight;
        demands[count] = demand;
        isSatisfied[count] = false;
        count++;
    }

    void divide(double total) {
        left = total;
        leftWeights = 0;
        for (int i = 0; i < count; i++) {
            leftWeights += weights[i];
        }
        boolean changes = true;
        while (changes) {
            changes = false;
            double toDivide = left;
            double amongWeights = leftWeights;
            // To satisfy one only raises the shares of the others, so all are satisfied at once.
            for (int i = 0; i < count; i++) {
                if (!isSatisfied[i] && demands[i] < toDivide * weights[i] / amongWeights) {
                    isSatisfied[i] = true;
                    left -= demands[i];
                    leftWeights -= weights[i];
                    changes = true;
                }
            }
        }
    }

    /** What a participant gets. */
    double share(int index) {
        return isSatisfied[index] ? demands[index] : left * weights[index] / leftWeights;
    }

    /** What a participant would get if it wanted all. */
    double bound(int index) {
        return isSatisfied[index]
                ? (left + demands[index]) * weights[index] / (leftWeights + weights[index])
                : share(index);
    }
}
