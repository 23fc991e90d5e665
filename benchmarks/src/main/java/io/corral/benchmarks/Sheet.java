package io.corral.benchmarks;

import java.util.List;
import java.util.function.Consumer;

/** Takes a suite's rows. */
public interface Sheet extends Consumer<Row> {

    /**
     * What the rows would be if the suite ended here, where it makes them of all its runs: one that is stopped hours later has lost
     * nothing but the run it was in. They count until it hands over rows, or says this again.
     *
     * @throws java.io.UncheckedIOException if they can't be kept
     */
    void soFar(List<Row> rows);
}
