package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;
import io.corral.report.usage.HierarchyHistory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The rows of a table that are no containers. With them, the rows below another one add up to it.
 */
final class ComputedRows {

    private ComputedRows() {}

    /** The rows, and after them for each JVM those that are computed. */
    static List<Rate> addedTo(List<Rate> rows) {
        Map<String, List<Rate>> byJvm = new LinkedHashMap<>();
        rows.forEach(rate ->
                byJvm.computeIfAbsent(rate.jvm(), jvm -> new ArrayList<>()).add(rate));
        List<Rate> all = new ArrayList<>(rows);
        for (List<Rate> ofJvm : byJvm.values()) {
            addItself(ofJvm, all);
            addNativeThreads(ofJvm, all);
        }
        return all;
    }

    /** A root without a container below it has no such row, since it would say the same. */
    private static void addItself(List<Rate> rows, List<Rate> all) {
        List<Rate> below = rows.stream()
                .filter(rate -> rate.row().depth() == 1
                        && !HierarchyHistory.belongsToJvm(rate.row().path()))
                .toList();
        rows.stream()
                .filter(rate -> rate.row().isRoot() && !below.isEmpty())
                .map(root -> new Difference(root, below).rate())
                .forEach(all::add);
    }

    private static void addNativeThreads(List<Rate> rows, List<Rate> all) {
        List<Rate> parts = rows.stream()
                .filter(rate -> HierarchyHistory.belongsToJvm(rate.row().path()))
                .toList();
        if (!parts.isEmpty()) {
            all.add(nativeThreads(parts));
        }
    }

    /** Only their CPU time is known. */
    private static Rate nativeThreads(List<Rate> parts) {
        long nanos = 0;
        for (Rate each : parts) {
            long part = each.row().cpuNanos();
            nanos = Usage.isKnown(nanos) && Usage.isKnown(part) ? nanos + part : Usage.UNKNOWN;
        }
        return new Rate(
                Row.ofCpuTime(Row.NATIVE_THREADS, nanos),
                parts.stream().mapToDouble(Rate::cpus).sum(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                parts.get(0).jvm(),
                parts.stream().mapToInt(Rate::jvms).max().orElse(0));
    }

    /**
     * What the root has used without the containers below it. What limits have done is unknown,
     * since a root has none.
     */
    private record Difference(Rate root, List<Rate> below) {

        Rate rate() {
            return new Rate(
                    new Row(
                            Row.ITSELF,
                            count(Row::cpuNanos),
                            count(Row::allocatedBytes),
                            count(Row::threads),
                            count(Row::virtualThreads),
                            count(Row::forks),
                            count(Row::exits),
                            count(Row::queuedNanos),
                            count(Row::waits),
                            count(Row::waiting),
                            count(Row::gcEstimatedNanos),
                            Usage.UNKNOWN,
                            Usage.UNKNOWN),
                    rate(Rate::cpus),
                    rate(Rate::bytesPerSecond),
                    rate(Rate::startsPerSecond),
                    rate(Rate::queued),
                    rate(Rate::waitsPerSecond),
                    rate(Rate::gcCpus),
                    Double.NaN,
                    Double.NaN,
                    root.jvm(),
                    root.jvms());
        }

        /** What is unknown of a container below is not in the root either. */
        private long count(ToLongFunction<Row> counter) {
            long whole = counter.applyAsLong(root.row());
            if (!Usage.isKnown(whole)) {
                return Usage.UNKNOWN;
            }
            long parts = below.stream()
                    .mapToLong(rate -> counter.applyAsLong(rate.row()))
                    .filter(Usage::isKnown)
                    .sum();
            return Math.max(0, whole - parts);
        }

        private double rate(ToDoubleFunction<Rate> of) {
            double parts = below.stream()
                    .mapToDouble(of)
                    .filter(part -> !Double.isNaN(part))
                    .sum();
            return Math.max(0, of.applyAsDouble(root) - parts);
        }
    }
}
