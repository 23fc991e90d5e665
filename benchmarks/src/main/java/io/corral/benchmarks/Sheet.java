package io.corral.benchmarks;

import java.util.List;
import java.util.function.Consumer;

/** Takes a suite's rows. */
public interface Sheet extends Consumer<Row> {

    /**
     * What the rows would be if the suite ended here, where it makes them of all its runs: one that is stopped hours later has lost
     * nothing but the run it was in. They count until the suite hands over a row, or says this again. That they can't be kept is
     * told, and is no reason to stop.
     */
    void soFar(List<Row> rows);
}
