package io.corral.tools.reading;

import io.corral.Usage;
import io.corral.report.recording.ChunkHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The totals in a flight recording: for each container the latest that was recorded. */
public final class Recording implements Source {

    private static final String TOTAL = "corral.ContainerTotal";
    private static final String RECONCILIATION = "corral.Reconciliation";

    private final Path file;
    private final Map<String, Map<String, RecordedEvent>> totals;
    private final @Nullable RecordedEvent reconciliation;

    private Recording(
            Path file,
            Map<String, Map<String, RecordedEvent>> totals,
            @Nullable RecordedEvent reconciliation) {
        this.file = file;
        this.totals = totals;
        this.reconciliation = reconciliation;
    }

    /** @throws IOException if the file is no recording, or has no events of Corral */
    public static Recording open(Path file) throws IOException {
        try {
            return read(file);
        } catch (IOException | RuntimeException | InternalError damaged) {
            // The JDK's parser throws all kinds of exceptions for damaged files.
            throw new IOException(
                    file + " can't be read as a flight recording: " + damaged.getMessage(),
                    damaged);
        }
    }

    private static Recording read(Path file) throws IOException {
        ChunkHeaders.check(file);
        Map<String, Map<String, RecordedEvent>> totals = new LinkedHashMap<>();
        RecordedEvent reconciliation = null;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                String type = event.getEventType().getName();
                if (type.equals(TOTAL)) {
                    totals.computeIfAbsent(
                                    event.getString("hierarchy"), name -> new LinkedHashMap<>())
                            .merge(event.getString("container"), event, Recording::later);
                } else if (type.equals(RECONCILIATION)) {
                    reconciliation = reconciliation == null ? event : later(reconciliation, event);
                }
            }
        }
        if (totals.isEmpty()) {
            throw new IOException(
                    "it has no events corral.ContainerTotal; record a JVM that runs with Corral");
        }
        return new Recording(file, totals, reconciliation);
    }

    private static RecordedEvent later(RecordedEvent one, RecordedEvent other) {
        return other.getStartTime().isBefore(one.getStartTime()) ? one : other;
    }

    @Override
    public String title() {
        return file.toString();
    }

    @Override
    public List<String> hierarchies() {
        return List.copyOf(totals.keySet());
    }

    @Override
    public Reading read(String hierarchy) throws IOException {
        Map<String, RecordedEvent> ofHierarchy = totals.get(hierarchy);
        if (ofHierarchy == null) {
            throw new IOException(file + " has no hierarchy " + hierarchy + "; it has "
                    + String.join(", ", totals.keySet()));
        }
        Instant end = Instant.EPOCH;
        List<Row> rows = new ArrayList<>();
        for (RecordedEvent event : ofHierarchy.values()) {
            end = event.getStartTime().isAfter(end) ? event.getStartTime() : end;
            rows.add(new Row(
                    event.getString("container"),
                    event.getLong("totalCpuTime"),
                    event.getLong("totalAllocated"),
                    event.getLong("threads"),
                    event.getLong("virtualThreads"),
                    event.getLong("forks"),
                    event.getLong("exits"),
                    event.getLong("totalQueuedTime")));
        }
        return new Reading(
                hierarchy, ChronoUnit.MICROS.between(Instant.EPOCH, end), process(), rows);
    }

    private ProcessCpu process() {
        return new ProcessCpu(
                recorded("processCpuTime"),
                recorded("containerCpuTime"),
                recorded("vmCpuTime"),
                recorded("teardownCpuTime"),
                recorded("unattributedCpuTime"),
                recorded("ownCpuTime"));
    }

    private long recorded(String field) {
        return reconciliation == null ? Usage.UNKNOWN : reconciliation.getLong(field);
    }

    /** The file was read as a whole. */
    @Override
    public void close() {}
}
