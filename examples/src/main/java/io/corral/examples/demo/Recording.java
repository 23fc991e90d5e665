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
 * The last events of a recording.
 *
 * @param totals one for each container
 */
record Recording(List<ContainerTotal> totals, Reconciliation reconciliation) {

    private static final String TOTAL = "corral.ContainerTotal";
    private static final String RECONCILIATION = "corral.Reconciliation";

    static Recording read(Path file) throws DemoFailure, IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            throw new DemoFailure("the service wrote no recording to " + file);
        }
        Map<String, RecordedEvent> last = new LinkedHashMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                @Nullable String key = key(event);
                if (key != null) {
                    // The events of a recording are not in order.
                    last.merge(key, event, Recording::later);
                }
            }
        }
        RecordedEvent reconciliation = last.remove(RECONCILIATION);
        if (reconciliation == null || last.isEmpty()) {
            throw new DemoFailure("the recording " + file + " has no events of Corral");
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

    /** The total of one container, or null if the recording has none. */
    @Nullable ContainerTotal total(String hierarchy, String container) {
        for (ContainerTotal total : totals) {
            if (total.hierarchy().equals(hierarchy) && total.container().equals(container)) {
                return total;
            }
        }
        return null;
    }
}
