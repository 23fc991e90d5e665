package io.corral.examples.service;

import java.util.SplittableRandom;

/** Sorts a month's sales, the best first. This is enough work for several threads. */
final class ReportWork implements Work {

    private static final int SALES = 5_000;

    private record Sale(String customer, long cents) {

        boolean isBetterThan(Sale other) {
            return cents == other.cents
                    ? customer.compareTo(other.customer) < 0
                    : cents > other.cents;
        }
    }

    @Override
    public String path() {
        return "/report";
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String unit(int number) {
        SplittableRandom random = new SplittableRandom(number);
        Sale[] sales = new Sale[SALES];
        for (int i = 0; i < SALES; i++) {
            sales[i] = new Sale("customer-" + random.nextInt(1_000), random.nextLong(100_000));
        }
        Sale best = bestFirst(sales)[0];
        return best.customer() + ":" + best.cents();
    }

    /**
     * A bottom-up merge sort. The JDK's sort is not used because its compiled code is shared with
     * the flight recorder: whether the compiler inlines this comparison would then depend on
     * chance.
     */
    private static Sale[] bestFirst(Sale[] sales) {
        Sale[] from = sales;
        Sale[] to = new Sale[sales.length];
        for (int run = 1; run < sales.length; run *= 2) {
            for (int begin = 0; begin < sales.length; begin += 2 * run) {
                merge(from, to, begin, run);
            }
            Sale[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    /** Merges two adjacent runs. The second may be shorter than {@code run}, or empty. */
    private static void merge(Sale[] from, Sale[] to, int begin, int run) {
        int middle = Math.min(begin + run, from.length);
        int end = Math.min(begin + 2 * run, from.length);
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takesLeft =
                    right == end || (left < middle && !from[right].isBetterThan(from[left]));
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }
}
