package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;

/** Rows for tests. */
final class Rows {

    private Rows() {}

    /** The row of a container without limits. */
    static Row unlimited(
            String path,
            long cpuNanos,
            long allocatedBytes,
            long threads,
            long virtualThreads,
            long forks,
            long exits,
            long queuedNanos,
            long waits,
            long waiting,
            long gcEstimatedNanos) {
        return new Row(
                path,
                cpuNanos,
                allocatedBytes,
                threads,
                virtualThreads,
                forks,
                exits,
                queuedNanos,
                waits,
                waiting,
                gcEstimatedNanos,
                Usage.UNKNOWN,
                Usage.UNKNOWN);
    }
}
