package io.corral.examples.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Sorts a month's sales, the best first: work enough for threads of its own. */
final class ReportWork implements Work {

    private static final int SALES = 5_000;
    private static final Comparator<Sale> BEST_FIRST = new BestFirst();

    private record Sale(String customer, long cents) {}

    /**
     * In one class: the JDK's comparators of comparators are shared with all that sorts in a JVM, its flight recorder as well, and
     * whether the compiler sees through them is chance then.
     */
    private static final class BestFirst implements Comparator<Sale> {

        @Override
        public int compare(Sale one, Sale other) {
            int byCents = Long.compare(other.cents, one.cents);
            return byCents != 0 ? byCents : one.customer.compareTo(other.customer);
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
        List<Sale> sales = new ArrayList<>(SALES);
        for (int i = 0; i < SALES; i++) {
            sales.add(new Sale("customer-" + random.nextInt(1_000), random.nextLong(100_000)));
        }
        sales.sort(BEST_FIRST);
        Sale best = sales.get(0);
        return best.customer() + ":" + best.cents();
    }
}
