package io.corral.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure on one JDK: a line on the terminal, a cell of the page.
 *
 * @param figure in {@code unit}
 * @param budget null for what is only shown
 */
public record Row(
        String what,
        Jdk jdk,
        Sample figure,
        String unit,
        @Nullable Budget budget) {

    private static final int RUNS_FOR_A_VERDICT = 3;
    private static final String HOLDS = "holds";

    /** What a figure has to keep to: it may not rise above the limit, or not fall below it. */
    public record Budget(double limit, boolean isFloor) {}

    public static Row shown(String what, Jdk jdk, Sample figure, String unit) {
        return new Row(what, jdk, figure, unit, null);
    }

    public static Row atMost(double limit, String what, Jdk jdk, Sample figure, String unit) {
        return new Row(what, jdk, figure, unit, new Budget(limit, false));
    }

    public static Row atLeast(double limit, String what, Jdk jdk, Sample figure, String unit) {
        return new Row(what, jdk, figure, unit, new Budget(limit, true));
    }

    /** The same of other runs. */
    Row of(Sample runs) {
        return new Row(what, jdk, runs, unit, budget);
    }

    /** Whether the budget holds: the whole interval has to be on one side of it. */
    public String verdict() {
        if (budget == null) {
            return "";
        }
        if (figure.values().size() < RUNS_FOR_A_VERDICT) {
            return "unresolved";
        }
        // Mirrored at zero, a floor is a ceiling.
        double low =
                budget.isFloor() ? -figure.interval().high() : figure.interval().low();
        double high =
                budget.isFloor() ? -figure.interval().low() : figure.interval().high();
        double limit = budget.isFloor() ? -budget.limit() : budget.limit();
        return high <= limit ? HOLDS : low > limit ? "does not hold" : "unresolved";
    }

    /** Whether it has a budget that can't be said to hold. */
    boolean isMissedOrUnresolved() {
        return budget != null && !verdict().equals(HOLDS);
    }

    /** In the order what, JDK, median, interval, budget, verdict. */
    String[] cells() {
        return new String[] {
            what, String.valueOf(jdk.feature()), median(), interval(), budgetWithUnit(), verdict()
        };
    }

    /** The median, its interval, and the verdict where there is a budget. */
    String withInterval() {
        return median() + " (" + interval() + ")" + (budget == null ? "" : " " + verdict());
    }

    /** Nothing if there is none. */
    String budgetWithUnit() {
        return budget == null
                ? ""
                : (budget.isFloor() ? "at least " : "") + number(budget.limit()) + " " + unit;
    }

    private String median() {
        return number(figure.median()) + " " + unit;
    }

    private String interval() {
        Sample.Interval interval = figure.interval();
        return figure.values().size() == 1
                ? "one run"
                : number(interval.low()) + " to " + number(interval.high());
    }

    /**
     * With three digits at least, and as many as make up the whole part. A ratio near 1 has one more:
     * budgets are of one per cent.
     */
    private String number(double value) {
        double size = Math.abs(value);
        String format = unit.equals("x") && size < 2
                ? "%.3f"
                : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
