package io.corral.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says at its end.
 *
 * @param totals of each container there was
 */
record Recording(List<ContainerTotal> totals, Reconciliation reconciliation) {

    private static final String TOTAL = "corral.ContainerTotal";
    private static final String RECONCILIATION = "corral.Reconciliation";

    static Recording read(Path file) throws DemoFailure, IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            throw new DemoFailure("the service has left no recording at " + file);
        }
        Map<String, RecordedEvent> last = new LinkedHashMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                @Nullable String key = key(event);
                if (key != null) {
                    // Events of a recording are in no order.
                    last.merge(key, event, Recording::later);
                }
            }
        }
        RecordedEvent reconciliation = last.remove(RECONCILIATION);
        if (reconciliation == null || last.isEmpty()) {
            throw new DemoFailure("the recording at " + file + " has no events of Corral's");
        }
        return new Recording(
                last.values().stream().map(ContainerTotal::of).toList(),
                Reconciliation.of(reconciliation));
    }

    private static @Nullable String key(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case RECONCILIATION -> RECONCILIATION;
            case TOTAL -> event.getString("hierarchy") + ":" + event.getString("container");
            default -> null;
        };
    }

    private static RecordedEvent later(RecordedEvent one, RecordedEvent other) {
        Instant end = one.getEndTime();
        return other.getEndTime().isBefore(end) ? one : other;
    }

    /** The container's, or null if the recording does not know it. */
    @Nullable ContainerTotal total(String hierarchy, String container) {
        for (ContainerTotal total : totals) {
            if (total.hierarchy().equals(hierarchy) && total.container().equals(container)) {
                return total;
            }
        }
        return null;
    }
}
