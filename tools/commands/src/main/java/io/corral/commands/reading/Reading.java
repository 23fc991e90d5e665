package io.corral.commands.reading;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one hierarchy.
 *
 * @param timeMicros microseconds since the epoch
 * @param rows parents before their children
 * @param meanwhile who ran while containers waited, by their paths; null if that is not known
 */
public record Reading(
        String hierarchy,
        long timeMicros,
        ProcessCpu process,
        List<Row> rows,
        @Nullable Map<String, Meanwhile> meanwhile) {

    public Reading(String hierarchy, long timeMicros, ProcessCpu process, List<Row> rows) {
        this(hierarchy, timeMicros, process, rows, null);
    }
}
