package io.corral.examples.service;

import java.util.SplittableRandom;

/** Sorts a month's sales, the best first: work enough for threads of its own. */
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
     * Merges what is sorted already, in runs of one, of two, of four. All that sorts in a JVM shares the JDK's sort, its flight
     * recorder as well, and whether the compiler sees through to what compares is chance then.
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

    /** Two runs, of which the latter may be short, or none. */
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
