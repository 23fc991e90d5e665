package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a process and its containers by second, between two readings.
 *
 * @param seconds the time between the readings; 0 if there was only one reading
 * @param process the number of CPUs that the process kept busy; NaN if unknown. The same holds for
 *     the other numbers
 * @param gc the CPUs kept busy by the garbage collector
 * @param jit the CPUs kept busy by the compilers
 * @param own the CPUs kept busy by Corral's hooks and readings, a part of that of the containers
 */
public record Rates(
        Reading reading,
        double seconds,
        double process,
        double gc,
        double jit,
        double unattributed,
        double own,
        List<Rate> rows) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /** @param before null if this is the first reading */
    public static Rates between(@Nullable Reading before, Reading now) {
        double seconds = before == null ? 0 : (now.timeMicros() - before.timeMicros()) / MICROS;
        Map<String, Row> earlier = new HashMap<>();
        if (before != null) {
            before.rows().forEach(row -> earlier.put(row.path(), row));
        }
        List<Rate> rows = new ArrayList<>();
        for (Row row : now.rows()) {
            rows.add(Rate.of(row, earlier.get(row.path()), seconds));
        }
        ProcessCpu cpu = now.process();
        ProcessCpu earlierCpu = before == null ? cpu : before.process();
        return new Rates(
                now,
                seconds,
                cpus(cpu.processNanos(), earlierCpu.processNanos(), seconds),
                cpus(cpu.gcNanos(), earlierCpu.gcNanos(), seconds),
                cpus(cpu.jitNanos(), earlierCpu.jitNanos(), seconds),
                cpus(cpu.unattributedNanos(), earlierCpu.unattributedNanos(), seconds),
                cpus(cpu.ownNanos(), earlierCpu.ownNanos(), seconds),
                rows);
    }

    /**
     * The container's share of the process's CPU time. The system counts that in steps, which the
     * containers may be ahead of. Then it is the share of what all parts used. NaN if unknown.
     */
    public double shareOf(Rate rate) {
        double ahead = unattributed < 0 ? -unattributed : 0;
        return rate.cpus() / (process + ahead);
    }

    /** The part of {@link #gc} that is due to a container: an estimate by what it has allocated. */
    double gcCpusOf(Rate rate) {
        return rows.isEmpty()
                ? Double.NaN
                : gc * rate.bytesPerSecond() / rows.get(0).bytesPerSecond();
    }

    /**
     * As {@link #gcCpusOf}, in nanoseconds since the start of the JVM. Unknown if the collector's
     * CPU time or the allocated bytes are unknown.
     */
    long gcNanosOf(Row row) {
        long gcNanos = reading.process().gcNanos();
        long whole = rows.isEmpty() ? Usage.UNKNOWN : rows.get(0).row().allocatedBytes();
        return Usage.isKnown(gcNanos) && Usage.isKnown(row.allocatedBytes()) && whole > 0
                ? (long) ((double) gcNanos * row.allocatedBytes() / whole)
                : Usage.UNKNOWN;
    }

    private static double cpus(long now, long before, double seconds) {
        return Rate.rate(now, before, seconds) / NANOS;
    }
}
