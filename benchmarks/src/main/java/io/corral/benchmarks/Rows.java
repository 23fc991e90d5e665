package io.corral.benchmarks;

import java.util.function.Consumer;

/** Takes one suite's figures on one JDK. */
final class Rows {

    private final Jdk jdk;
    private final Consumer<Row> to;

    Rows(Jdk jdk, Consumer<Row> to) {
        this.jdk = jdk;
        this.to = to;
    }

    void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }

    void atMost(double limit, String what, Sample figure, String unit) {
        to.accept(Row.atMost(limit, what, jdk, figure, unit));
    }

    void atLeast(double limit, String what, Sample figure, String unit) {
        to.accept(Row.atLeast(limit, what, jdk, figure, unit));
    }
}
