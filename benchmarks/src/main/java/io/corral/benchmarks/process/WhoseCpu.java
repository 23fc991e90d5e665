package io.corral.benchmarks.process;

import io.corral.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * CPU nanoseconds of a JVM by the container they were charged to, from what its recording says last.
 *
 * @param totals of each container of the hierarchy main by its path, those below it included
 * @param mainNanos of the thread main, which are the root's
 */
record WhoseCpu(
        Map<String, Long> totals,
        long mainNanos,
        long vmNanos,
        long teardownNanos,
        long unattributedNanos,
        long processNanos) {

    private static final String TOTAL = "corral.ContainerTotal";
    private static final String RECONCILIATION = "corral.Reconciliation";

    /** The JVM's own threads. No total above them holds them. */
    private static final List<String> VM = List.of("/jvm/gc", "/jvm/jit", "/jvm/other");

    static WhoseCpu read(Path recording, long mainNanos) throws IOException {
        Map<String, RecordedEvent> last = new HashMap<>();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                @Nullable String key = key(event);
                if (key != null) {
                    last.merge(key, event, WhoseCpu::later);
                }
            }
        }
        RecordedEvent reconciliation = last.remove(RECONCILIATION);
        if (reconciliation == null || !last.containsKey("/")) {
            throw new IOException("the recording has no events of Corral's at its end");
        }
        Map<String, Long> totals = new HashMap<>();
        last.forEach((path, total) -> totals.put(path, total.getLong("totalCpuTime")));
        return new WhoseCpu(
                totals,
                mainNanos,
                known(reconciliation, "vmCpuTime"),
                known(reconciliation, "teardownCpuTime"),
                known(reconciliation, "unattributedCpuTime"),
                known(reconciliation, "processCpuTime"));
    }

    private static @Nullable String key(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case RECONCILIATION -> RECONCILIATION;
            case TOTAL ->
                event.getString("hierarchy").equals("main") ? event.getString("container") : null;
            default -> null;
        };
    }

    /** Events of a recording are in no order. */
    private static RecordedEvent later(RecordedEvent one, RecordedEvent other) {
        return other.getEndTime().isBefore(one.getEndTime()) ? one : other;
    }

    /** The teardown may be unknown yet; then it is a part of what is unattributed. */
    private static long known(RecordedEvent event, String field) {
        long nanos = event.getLong(field);
        return nanos == Usage.UNKNOWN ? 0 : nanos;
    }

    /** Charged to a container or to one below it; 0 if it is not there. */
    long totalNanos(String path) {
        return totals.getOrDefault(path, 0L);
    }

    /** Charged to a container itself. */
    long nanos(String path) {
        long below = 0;
        for (Map.Entry<String, Long> total : totals.entrySet()) {
            if (parent(total.getKey()).equals(path) && !VM.contains(total.getKey())) {
                below += total.getValue();
            }
        }
        return totalNanos(path) - below;
    }

    /** What is in none of the places below the root, and not what started the application. */
    long rootsOwnButMainNanos() {
        return nanos("/") - mainNanos;
    }

    private static String parent(String path) {
        int end = path.lastIndexOf('/');
        return path.equals("/") ? "" : end == 0 ? "/" : path.substring(0, end);
    }

    /** All that adds up to the process's CPU time, who used most first. */
    String table() {
        List<String> paths = new ArrayList<>(totals.keySet());
        paths.removeIf(path -> path.equals("/") || nanos(path) == 0);
        paths.sort(Comparator.comparingLong(this::nanos).reversed());
        StringBuilder table = new StringBuilder();
        line(table, "/, thread main", mainNanos);
        line(table, "/, other threads", rootsOwnButMainNanos());
        for (String path : paths) {
            line(table, path, nanos(path));
        }
        line(table, "teardown of threads, estimated", teardownNanos);
        line(table, "unattributed", unattributedNanos);
        line(table, "process", processNanos);
        return table.toString().stripTrailing();
    }

    private void line(StringBuilder table, String what, long nanos) {
        table.append(String.format(
                Locale.ROOT,
                "%-44s %9.3f s %7.2f %%%n",
                what,
                nanos / 1e9,
                100.0 * nanos / processNanos));
    }
}
