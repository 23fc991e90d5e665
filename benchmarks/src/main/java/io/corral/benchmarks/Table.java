package io.corral.benchmarks;

import java.io.PrintStream;

/** Rows on a terminal, each printed when it comes. */
final class Table {

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
        line("what", "JDK", "median", "95 % interval", "budget", "");
    }

    void print(Row row) {
        line((Object[]) row.cells());
    }

    private void line(Object... cells) {
        out.println(String.format("%-56s %3s %13s %19s %18s  %s", cells).stripTrailing());
    }
}
