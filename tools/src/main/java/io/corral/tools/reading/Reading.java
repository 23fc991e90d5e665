package io.corral.tools.reading;

import io.corral.Usage;

import java.util.List;

/**
 * A snapshot of one hierarchy.
 *
 * @param timeMicros microseconds since the epoch
 * @param rows parents before their children
 */
public record Reading(String hierarchy, long timeMicros, ProcessCpu process, List<Row> rows) {

    /** The CPU time of the row at a path; unknown if there is none. */
    public long cpuNanosOf(String path) {
        for (Row row : rows) {
            if (row.path().equals(path)) {
                return row.cpuNanos();
            }
        }
        return Usage.UNKNOWN;
    }
}
