package io.corral.examples.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Sorts a month's sales, the best first: work enough for threads of its own. */
final class ReportWork implements Work {

    private static final int SALES = 5_000;

    private record Sale(String customer, long cents) {}

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
        sales.sort(Comparator.comparingLong(Sale::cents).reversed().thenComparing(Sale::customer));
        Sale best = sales.get(0);
        return best.customer() + ":" + best.cents();
    }
}
