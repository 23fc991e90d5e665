package io.corral.commands.reading;

import java.util.List;

/**
 * A snapshot of one hierarchy.
 *
 * @param timeMicros microseconds since the epoch
 * @param rows parents before their children
 */
public record Reading(String hierarchy, long timeMicros, ProcessCpu process, List<Row> rows) {}
