package io.corral.commands.endpoint;

import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM exports of one hierarchy. Each row is the container's own usage, without that of the
 * containers below it.
 *
 * @param nanoTime of this process, when the JVM answered
 * @param containers the containers that have a series, and {@link Export#OTHER}
 * @param apart the containers of the JVM's own threads, which no other row includes
 * @param removed what was exported for containers before they were removed; null if unknown. It was
 *     in the rates of these containers, so it has no rate
 */
public record OwnReading(
        String hierarchy,
        long timeMicros,
        long nanoTime,
        ProcessCpu process,
        List<Row> containers,
        List<Row> apart,
        @Nullable Row removed) {}
