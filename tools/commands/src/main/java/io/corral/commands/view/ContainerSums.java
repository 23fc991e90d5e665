package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the own usage of containers, over JVMs and over the containers below each. A sum is
 * unknown if one of its parts is.
 */
final class ContainerSums {

    private static final String ROOT = "/";

    /** Sorted by path, parents come before their children, and the root is the first. */
    private final SortedMap<String, Sum> sums = new TreeMap<>();

    private final String jvm;

    private ContainerSums(String jvm) {
        this.jvm = jvm;
    }

    /** A row for each container that one of the JVMs has. */
    static List<Rate> ofAll(List<JvmRates> jvms) {
        return new ContainerSums("").of(jvms);
    }

    /** A row for each container of each JVM. */
    static List<Rate> ofEach(List<JvmRates> jvms) {
        List<Rate> rows = new ArrayList<>();
        for (JvmRates each : jvms) {
            rows.addAll(new ContainerSums(each.jvm()).of(List.of(each)));
        }
        return rows;
    }

    private List<Rate> of(List<JvmRates> jvms) {
        for (JvmRates each : jvms) {
            each.containers().forEach(rate -> addWithParents(each, rate));
            each.apart().forEach(rate -> add(each, rate.row().path(), rate, rate.row()));
            Row removed = each.now().removed();
            if (removed != null) {
                add(each, ROOT, null, removed);
                add(each, removed.path(), null, removed);
            }
        }
        List<Rate> rows = new ArrayList<>();
        sums.forEach((path, sum) -> rows.add(sum.rate(path, jvm)));
        return rows;
    }

    private void addWithParents(JvmRates from, Rate rate) {
        String path = rate.row().path();
        add(from, path, rate, rate.row());
        while (!path.equals(ROOT)) {
            path = Row.parentOf(path);
            add(from, path, rate, rate.row());
        }
    }

    /** @param rate null for usage that has no rate */
    private void add(JvmRates from, String path, @Nullable Rate rate, Row row) {
        Sum sum = sums.computeIfAbsent(path, each -> new Sum());
        sum.countIn(from.jvm());
        sum.add(row);
        // At its first reading a JVM has no rates. It must not hide those of the others.
        if (rate != null && from.seconds() > 0) {
            sum.add(rate);
        }
    }

    /** The sum for one container. */
    private static final class Sum {

        /** The JVM that was counted last; those of one JVM are added one after the other. */
        private String last = "";

        private int jvms;

        private long cpuNanos;
        private long allocatedBytes;
        private long threads;
        private long forks;
        private long queuedNanos;
        private long waits;
        private long waiting;
        private long gcNanos;

        private boolean hasRates;
        private double cpus;
        private double bytesPerSecond;
        private double startsPerSecond;
        private double queued;
        private double waitsPerSecond;
        private double gcCpus;

        void countIn(String jvm) {
            if (!last.equals(jvm)) {
                last = jvm;
                jvms++;
            }
        }

        void add(Row row) {
            cpuNanos = sum(cpuNanos, row.cpuNanos());
            allocatedBytes = sum(allocatedBytes, row.allocatedBytes());
            threads = sum(threads, row.threads());
            forks = sum(forks, row.forks());
            queuedNanos = sum(queuedNanos, row.queuedNanos());
            waits = sum(waits, row.waits());
            waiting = sum(waiting, row.waiting());
            gcNanos = sum(gcNanos, row.gcEstimatedNanos());
        }

        void add(Rate rate) {
            hasRates = true;
            cpus += rate.cpus();
            bytesPerSecond += rate.bytesPerSecond();
            startsPerSecond += rate.startsPerSecond();
            queued += rate.queued();
            waitsPerSecond += rate.waitsPerSecond();
            gcCpus += rate.gcCpus();
        }

        private static long sum(long one, long other) {
            return Usage.isKnown(one) && Usage.isKnown(other) ? one + other : Usage.UNKNOWN;
        }

        Rate rate(String path, String jvm) {
            Row row = new Row(
                    path,
                    cpuNanos,
                    allocatedBytes,
                    threads,
                    Usage.UNKNOWN,
                    forks,
                    Usage.UNKNOWN,
                    queuedNanos,
                    waits,
                    waiting,
                    gcNanos,
                    Usage.UNKNOWN,
                    Usage.UNKNOWN);
            return new Rate(
                    row,
                    ifKnown(cpus),
                    ifKnown(bytesPerSecond),
                    ifKnown(startsPerSecond),
                    ifKnown(queued),
                    ifKnown(waitsPerSecond),
                    ifKnown(gcCpus),
                    Double.NaN,
                    Double.NaN,
                    jvm,
                    jvm.isEmpty() ? jvms : 0);
        }

        private double ifKnown(double rate) {
            return hasRates ? rate : Double.NaN;
        }
    }
}
