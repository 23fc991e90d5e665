package io.corral.commands.reading;

import io.corral.Usage;
import io.corral.report.recording.EventFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The totals in a flight recording: the first and the latest of each container that exists at its
 * end. A usage has the same fields as a total. It is the latest one in the recording of a JVM that
 * was killed, which has no totals at its end.
 */
public final class Recording implements Source {

    private static final String MAIN = "main";
    private static final String ROOT = "/";
    private static final String TOTAL = "corral.ContainerTotal";
    private static final String USAGE = "corral.ContainerUsage";
    private static final String REMOVE = "corral.ContainerRemove";
    private static final String LIMITS = "corral.LimitStatistics";
    private static final String CREATE = "corral.ContainerCreate";
    private static final String RECONCILIATION = "corral.Reconciliation";

    private static final double MICROS = 1e6;

    private final Path file;
    private final Map<String, Map<String, RecordedEvent>> firstTotals = new LinkedHashMap<>();

    /** The latest total or usage of each container; while the file is read, or its removal. */
    private final Map<String, Map<String, RecordedEvent>> totals = new LinkedHashMap<>();

    private final Map<String, Map<String, RecordedEvent>> firstLimits = new HashMap<>();

    /** The latest statistics of each container with limits. */
    private final Map<String, Map<String, RecordedEvent>> limits = new HashMap<>();

    /** By hierarchy, the paths of the containers that were created during the recording. */
    private final Map<String, Set<String>> made = new HashMap<>();

    private final RecordedWaits waits = new RecordedWaits();

    private @Nullable RecordedEvent firstReconciliation;
    private @Nullable RecordedEvent reconciliation;
    private @Nullable String damage;

    private Recording(Path file) {
        this.file = file;
    }

    /**
     * Reads a file. Of a damaged one it reads as much as the JDK's parser can.
     *
     * @throws IOException if the file is no recording, or has no events of Corral
     */
    public static Recording open(Path file) throws IOException {
        Recording recording = new Recording(file);
        recording.damage = EventFile.read(file, recording::add);
        if (recording.firstTotals.isEmpty()) {
            throw EventFile.refusal(file, recording.damage);
        }
        recording.totals.values().forEach(latest -> latest.values().removeIf(Recording::isRemoval));
        return recording;
    }

    private static boolean isRemoval(RecordedEvent event) {
        return event.getEventType().getName().equals(REMOVE);
    }

    private void add(RecordedEvent event) {
        String type = event.getEventType().getName();
        if (type.equals(TOTAL) || type.equals(USAGE) || type.equals(REMOVE)) {
            ofHierarchy(totals, event).merge(event.getString("container"), event, Recording::later);
        }
        if (type.equals(TOTAL)) {
            ofHierarchy(firstTotals, event)
                    .merge(event.getString("container"), event, Recording::earlier);
        } else if (type.equals(LIMITS)) {
            ofHierarchy(limits, event).merge(event.getString("container"), event, Recording::later);
            ofHierarchy(firstLimits, event)
                    .merge(event.getString("container"), event, Recording::earlier);
        } else if (type.equals(RecordedWaits.EVENT)) {
            waits.add(event);
        } else if (type.equals(CREATE)) {
            made.computeIfAbsent(event.getString("hierarchy"), name -> new HashSet<>())
                    .add(event.getString("container"));
        } else if (type.equals(RECONCILIATION)) {
            reconciliation = reconciliation == null ? event : later(reconciliation, event);
            firstReconciliation =
                    firstReconciliation == null ? event : earlier(firstReconciliation, event);
        }
    }

    private static Map<String, RecordedEvent> ofHierarchy(
            Map<String, Map<String, RecordedEvent>> totals, RecordedEvent event) {
        return totals.computeIfAbsent(event.getString("hierarchy"), name -> new LinkedHashMap<>());
    }

    private static RecordedEvent earlier(RecordedEvent one, RecordedEvent other) {
        return other.getStartTime().isBefore(one.getStartTime()) ? other : one;
    }

    private static RecordedEvent later(RecordedEvent one, RecordedEvent other) {
        return other.getStartTime().isBefore(one.getStartTime()) ? one : other;
    }

    @Override
    public String title() {
        return file.toString();
    }

    /** The line that says what is wrong with the file; null if all of it was read. */
    public @Nullable String warning() {
        return damage == null ? null : EventFile.warning(file, damage);
    }

    @Override
    public List<String> hierarchies() {
        return List.copyOf(totals.keySet());
    }

    @Override
    public Reading read(String hierarchy) throws IOException {
        Map<String, RecordedEvent> last = last(hierarchy);
        Reading reading =
                reading(hierarchy, last, limits, latest(last), process(reconciliation, totals));
        double seconds = (reading.timeMicros() - first(hierarchy).timeMicros()) / MICROS;
        return new Reading(
                reading.hierarchy(),
                reading.timeMicros(),
                reading.process(),
                reading.rows(),
                waits.of(hierarchy, seconds));
    }

    /**
     * The reading at the beginning of the recording. It lacks containers that were created later.
     *
     * @throws IOException if there is no such hierarchy
     */
    public Reading first(String hierarchy) throws IOException {
        last(hierarchy);
        Map<String, RecordedEvent> first =
                new LinkedHashMap<>(firstTotals.getOrDefault(hierarchy, Map.of()));
        first.keySet().removeAll(made.getOrDefault(hierarchy, Set.of()));
        // All roots have the same totals, and another hierarchy may be newer than the recording.
        Map<String, RecordedEvent> main = firstTotals.getOrDefault(MAIN, first);
        if (main.containsKey(ROOT)) {
            first.put(ROOT, main.get(ROOT));
        }
        Instant begin = main.values().stream()
                .map(RecordedEvent::getStartTime)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return reading(
                hierarchy, first, firstLimits, begin, process(firstReconciliation, firstTotals));
    }

    private Map<String, RecordedEvent> last(String hierarchy) throws IOException {
        Map<String, RecordedEvent> ofHierarchy = totals.get(hierarchy);
        if (ofHierarchy == null) {
            throw new IOException(file + " has no hierarchy " + hierarchy + "; it has "
                    + String.join(", ", totals.keySet()));
        }
        return ofHierarchy;
    }

    /** The time of the latest of these events. */
    private static Instant latest(Map<String, RecordedEvent> events) {
        return events.values().stream()
                .map(RecordedEvent::getStartTime)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Reading reading(
            String hierarchy,
            Map<String, RecordedEvent> events,
            Map<String, Map<String, RecordedEvent>> limits,
            Instant time,
            ProcessCpu process) {
        Map<String, RecordedEvent> ofLimits = limits.getOrDefault(hierarchy, Map.of());
        List<Row> rows = new ArrayList<>();
        // Events of a file have no order. Sorted by path, parents come before their children.
        for (RecordedEvent event : new TreeMap<>(events).values()) {
            RecordedEvent stat = ofLimits.get(event.getString("container"));
            rows.add(new Row(
                    event.getString("container"),
                    event.getLong("totalCpuTime"),
                    event.getLong("totalAllocated"),
                    event.getLong("threads"),
                    event.getLong("virtualThreads"),
                    event.getLong("forks"),
                    event.getLong("exits"),
                    optional(event, "totalQueuedTime"),
                    count(event, "totalWaits"),
                    count(event, "waiting"),
                    Usage.UNKNOWN,
                    recorded(stat, "waitedTime"),
                    stat == null
                            ? Usage.UNKNOWN
                            : stat.getLong("shed") + stat.getLong("refusedStarts")));
        }
        return new Reading(
                hierarchy, ChronoUnit.MICROS.between(Instant.EPOCH, time), process, rows);
    }

    /** A recording of an earlier version has no such field. */
    private static long optional(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getLong(field) : Usage.UNKNOWN;
    }

    /** As {@link #optional}, for a number without a unit, which is -1 if it is unknown. */
    private static long count(RecordedEvent event, String field) {
        long recorded = optional(event, field);
        return recorded < 0 ? Usage.UNKNOWN : recorded;
    }

    /** @param totals by hierarchy, of about the same time */
    private static ProcessCpu process(
            @Nullable RecordedEvent reconciliation,
            Map<String, Map<String, RecordedEvent>> totals) {
        Map<String, RecordedEvent> main = totals.getOrDefault(MAIN, Map.of());
        return new ProcessCpu(
                recorded(reconciliation, "processCpuTime"),
                recorded(reconciliation, "containerCpuTime"),
                recorded(reconciliation, "vmCpuTime"),
                recorded(main.get("/jvm/gc"), "totalCpuTime"),
                recorded(main.get("/jvm/jit"), "totalCpuTime"),
                recorded(reconciliation, "ownCpuTime"));
    }

    private static long recorded(@Nullable RecordedEvent event, String field) {
        return event == null ? Usage.UNKNOWN : event.getLong(field);
    }

    @Override
    public boolean wantMeanwhile(boolean isWanted) {
        return !waits.isEmpty();
    }

    /** Does nothing, since the whole file was read before. */
    @Override
    public void close() {}
}
