package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Meanwhile;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Row;
import io.corral.report.usage.HierarchyHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a process and its containers by second, between two readings. If several JVMs were
 * read, it is that of all their processes.
 *
 * @param seconds the time between the readings; 0 if there was only one reading
 * @param process the number of CPUs that the process kept busy; NaN if unknown. The same holds for
 *     the other numbers
 * @param containers the CPUs kept busy by the root's threads and all below it
 * @param gc the CPUs kept busy by the garbage collector
 * @param jit the CPUs kept busy by the compilers
 * @param own the CPUs kept busy by Corral's hooks and readings, a part of that of the containers
 * @param rows those of the containers, and those that are computed from them for a table
 * @param problems a line for each JVM that could not be read
 */
public record Rates(
        Reading reading,
        double seconds,
        double process,
        double containers,
        double gc,
        double jit,
        double unattributed,
        double own,
        List<Rate> rows,
        List<String> problems) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /** @param before null if this is the first reading */
    public static Rates between(@Nullable Reading before, Reading now) {
        double seconds = before == null ? 0 : (now.timeMicros() - before.timeMicros()) / MICROS;
        Map<String, Row> earlier = new HashMap<>();
        if (before != null) {
            before.rows().forEach(row -> earlier.put(row.path(), row));
        }
        ProcessCpu cpu = now.process();
        ProcessCpu earlierCpu = before == null ? cpu : before.process();
        double gc = cpus(cpu.gcNanos(), earlierCpu.gcNanos(), seconds);
        Rate root = null;
        List<Rate> rows = new ArrayList<>();
        for (Row read : now.rows()) {
            // A JVM and a recording say 0 for what they don't know of native threads.
            Row row = HierarchyHistory.belongsToJvm(read.path())
                    ? Row.ofCpuTime(read.path(), read.cpuNanos())
                    : read;
            Rate rate = rate(row, earlier.get(row.path()), seconds);
            root = root == null ? rate : root;
            rows.add(withGc(rate, root, gc, cpu.gcNanos()));
        }
        return new Rates(
                now,
                seconds,
                cpus(cpu.processNanos(), earlierCpu.processNanos(), seconds),
                root == null ? Double.NaN : root.cpus(),
                gc,
                cpus(cpu.jitNanos(), earlierCpu.jitNanos(), seconds),
                cpus(cpu.unattributedNanos(), earlierCpu.unattributedNanos(), seconds),
                cpus(cpu.ownNanos(), earlierCpu.ownNanos(), seconds),
                ComputedRows.addedTo(rows),
                List.of());
    }

    /**
     * @param before the same container in the earlier reading; null if it was created since then
     */
    private static Rate rate(Row row, @Nullable Row before, double seconds) {
        return new Rate(
                row,
                cpus(row.cpuNanos(), before == null ? 0 : before.cpuNanos(), seconds),
                rate(row.allocatedBytes(), before == null ? 0 : before.allocatedBytes(), seconds),
                rate(row.forks(), before == null ? 0 : before.forks(), seconds),
                cpus(row.queuedNanos(), before == null ? 0 : before.queuedNanos(), seconds),
                rate(row.waits(), before == null ? 0 : before.waits(), seconds)
                        + rate(row.waiting(), 0, seconds),
                Double.NaN,
                cpus(row.throttledNanos(), limited(before, Row::throttledNanos), seconds),
                rate(row.shed(), limited(before, Row::shed), seconds),
                "",
                0);
    }

    /** A container that had no limit at the earlier reading has had nothing refused. */
    private static long limited(@Nullable Row before, ToLongFunction<Row> count) {
        long known = before == null ? Usage.UNKNOWN : count.applyAsLong(before);
        return Usage.isKnown(known) ? known : 0;
    }

    /** The collector's time is divided by what the containers have allocated: an estimate. */
    private static Rate withGc(Rate rate, Rate root, double gc, long gcNanos) {
        return new Rate(
                rate.row().withGcEstimate(gcNanos, root.row()),
                rate.cpus(),
                rate.bytesPerSecond(),
                rate.startsPerSecond(),
                rate.queued(),
                rate.waitsPerSecond(),
                gc * rate.bytesPerSecond() / root.bytesPerSecond(),
                rate.throttled(),
                rate.shedPerSecond(),
                rate.jvm(),
                rate.jvms());
    }

    /**
     * The container's share of the process's CPU time. The system counts that in steps, which the
     * containers may be ahead of. Then it is the share of what all parts used. NaN if unknown.
     */
    public double shareOf(Rate rate) {
        double ahead = unattributed < 0 ? -unattributed : 0;
        return rate.cpus() / (process + ahead);
    }

    /** Who ran while the container waited; null if that is not known, or if it did not wait. */
    @Nullable Meanwhile meanwhile(Rate rate) {
        Map<String, Meanwhile> known = reading.meanwhile();
        return known == null ? null : known.get(rate.row().path());
    }

    private static double cpus(long now, long before, double seconds) {
        return rate(now, before, seconds) / NANOS;
    }

    private static double rate(long now, long before, double seconds) {
        return Usage.isKnown(now) && Usage.isKnown(before) && seconds > 0
                ? (now - before) / seconds
                : Double.NaN;
    }
}
