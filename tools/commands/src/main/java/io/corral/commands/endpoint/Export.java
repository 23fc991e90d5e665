package io.corral.commands.endpoint;

import io.corral.Usage;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of Corral in one answer of an endpoint. A metric that the JVM does not export, such
 * as one that an earlier version of Corral does not have, is unknown.
 */
public final class Export {

    /** The row of the containers without a series of their own. It is no path. */
    public static final String OTHER = "other";

    /** The row of the containers that were removed. */
    public static final String REMOVED = "removed";

    private static final String MAIN = "main";
    private static final String CONTAINER = "corral_container";
    private static final String HIERARCHY = "corral_hierarchy";

    private static final String CPU = "corral_cpu_time_seconds_total";
    private static final String CPU_REMOVED = "corral_cpu_time_removed_seconds_total";
    private static final String QUEUED = "corral_cpu_queued_time_seconds_total";
    private static final String QUEUED_REMOVED = "corral_cpu_queued_time_removed_seconds_total";
    private static final String WAITS = "corral_cpu_queued_waits_total";
    private static final String WAITS_REMOVED = "corral_cpu_queued_waits_removed_total";
    private static final String WAITING = "corral_cpu_queued_waiting";
    private static final String ALLOCATED = "corral_memory_allocated_bytes_total";
    private static final String ALLOCATED_REMOVED = "corral_memory_allocated_removed_bytes_total";
    private static final String GC = "corral_gc_cpu_time_estimated_seconds_total";
    private static final String GC_REMOVED = "corral_gc_cpu_time_estimated_removed_seconds_total";
    private static final String STARTED = "corral_thread_started_total";
    private static final String STARTED_REMOVED = "corral_thread_started_removed_total";
    private static final String THREADS = "corral_threads";

    /** The name of {@link #THREADS} in earlier versions. */
    private static final String THREAD_COUNT = "corral_thread_count";

    private static final String JVM_CPU = "corral_jvm_cpu_time_seconds_total";
    private static final String PROCESS_CPU = "corral_process_cpu_time_seconds_total";
    private static final String OWN_CPU = "corral_cpu_own_seconds";

    /** A metric of containers that each version of Corral exports in each JVM. */
    private static final String ALWAYS = STARTED;

    private static final double NANOS = 1e9;

    private final long timeMicros;
    private final long nanoTime;

    /** The values by metric, hierarchy and container; empty names where there is no such label. */
    private final Map<String, Map<String, Map<String, Double>>> values = new HashMap<>();

    private Export(long timeMicros, long nanoTime) {
        this.timeMicros = timeMicros;
        this.nanoTime = nanoTime;
    }

    /** @return null if there is no metric of Corral among the samples */
    static @Nullable Export of(List<Sample> samples, long timeMicros, long nanoTime) {
        Export export = new Export(timeMicros, nanoTime);
        for (Sample each : samples) {
            String metric = each.metric().equals(THREAD_COUNT) ? THREADS : each.metric();
            if (metric.startsWith("corral_")) {
                export.values
                        .computeIfAbsent(metric, name -> new LinkedHashMap<>())
                        .computeIfAbsent(each.label(HIERARCHY), name -> new LinkedHashMap<>())
                        .put(each.label(CONTAINER), each.value());
            }
        }
        return export.hierarchies().isEmpty() ? null : export;
    }

    public Set<String> hierarchies() {
        return ofMetric(ALWAYS).keySet();
    }

    /** @return null if the JVM has no such hierarchy */
    public @Nullable OwnReading reading(String hierarchy) {
        if (!hierarchies().contains(hierarchy)) {
            return null;
        }
        Set<String> paths = new LinkedHashSet<>();
        for (String metric : List.of(CPU, ALLOCATED, QUEUED, STARTED, THREADS)) {
            paths.addAll(of(metric, hierarchy).keySet());
        }
        List<Row> containers = new ArrayList<>();
        for (String path : paths) {
            containers.add(row(hierarchy, path));
        }
        List<Row> apart = new ArrayList<>();
        of(JVM_CPU, hierarchy)
                .forEach((path, seconds) ->
                        apart.add(Row.ofCpuTime(path, Math.round(seconds * NANOS))));
        Row removed = ofMetric(STARTED_REMOVED).containsKey(hierarchy) ? removed(hierarchy) : null;
        return new OwnReading(
                hierarchy, timeMicros, nanoTime, process(), containers, apart, removed);
    }

    private Row row(String hierarchy, String path) {
        return new Row(
                path,
                nanos(CPU, hierarchy, path),
                count(ALLOCATED, hierarchy, path),
                count(THREADS, hierarchy, path),
                Usage.UNKNOWN,
                count(STARTED, hierarchy, path),
                Usage.UNKNOWN,
                nanos(QUEUED, hierarchy, path),
                count(WAITS, hierarchy, path),
                count(WAITING, hierarchy, path),
                nanos(GC, hierarchy, path),
                Usage.UNKNOWN,
                Usage.UNKNOWN);
    }

    private Row removed(String hierarchy) {
        return new Row(
                REMOVED,
                nanos(CPU_REMOVED, hierarchy, ""),
                count(ALLOCATED_REMOVED, hierarchy, ""),
                0,
                Usage.UNKNOWN,
                count(STARTED_REMOVED, hierarchy, ""),
                Usage.UNKNOWN,
                nanos(QUEUED_REMOVED, hierarchy, ""),
                count(WAITS_REMOVED, hierarchy, ""),
                0,
                nanos(GC_REMOVED, hierarchy, ""),
                Usage.UNKNOWN,
                Usage.UNKNOWN);
    }

    private ProcessCpu process() {
        return new ProcessCpu(
                nanos(PROCESS_CPU, "", ""),
                allContainers(),
                sum(of(JVM_CPU, MAIN)),
                nanos(JVM_CPU, MAIN, "/jvm/gc"),
                nanos(JVM_CPU, MAIN, "/jvm/jit"),
                nanos(OWN_CPU, "", ""));
    }

    private long allContainers() {
        long now = sum(of(CPU, MAIN));
        long removed = sum(of(CPU_REMOVED, MAIN));
        return Usage.isKnown(now) && Usage.isKnown(removed) ? now + removed : now;
    }

    private static long sum(Map<String, Double> seconds) {
        return seconds.isEmpty()
                ? Usage.UNKNOWN
                : Math.round(NANOS
                        * seconds.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum());
    }

    private long nanos(String metric, String hierarchy, String container) {
        return count(metric, hierarchy, container, NANOS);
    }

    private long count(String metric, String hierarchy, String container) {
        return count(metric, hierarchy, container, 1);
    }

    /** A container without a value of a metric that the JVM exports has none of it. */
    private long count(String metric, String hierarchy, String container, double unit) {
        Map<String, Double> known = of(metric, hierarchy);
        double value = known.getOrDefault(container, 0.0);
        return known.isEmpty() || Double.isNaN(value) ? Usage.UNKNOWN : Math.round(value * unit);
    }

    private Map<String, Double> of(String metric, String hierarchy) {
        return ofMetric(metric).getOrDefault(hierarchy, Map.of());
    }

    private Map<String, Map<String, Double>> ofMetric(String metric) {
        return values.getOrDefault(metric, Map.of());
    }
}
