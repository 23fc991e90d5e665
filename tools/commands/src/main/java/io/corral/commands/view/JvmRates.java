package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.endpoint.OwnReading;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM behind an endpoint has used between two readings. Each row is a container's own
 * usage. A counter that has fallen has begun again at 0: the JVM was restarted, or the container
 * was removed and created again. So no rate is negative.
 *
 * @param seconds the time between the readings; 0 if there was no earlier reading
 * @param used by the process between the readings
 * @param containers the rates of {@link OwnReading#containers()}
 * @param apart the rates of {@link OwnReading#apart()}
 */
record JvmRates(
        String jvm,
        OwnReading now,
        double seconds,
        ProcessCpu used,
        List<Rate> containers,
        List<Rate> apart) {

    private static final double NANOS = 1e9;

    private static final Row NOTHING = new Row("", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final ProcessCpu NO_CPU = new ProcessCpu(0, 0, 0, 0, 0, 0);

    /** @param before null if this is the first reading */
    static JvmRates between(String jvm, @Nullable OwnReading before, OwnReading now) {
        double seconds = before == null ? 0 : (now.nanoTime() - before.nanoTime()) / NANOS;
        Map<String, Row> earlier = new HashMap<>();
        ProcessCpu earlierCpu = NO_CPU;
        if (before != null && !isRestarted(before, now)) {
            earlierCpu = before.process();
            Stream.concat(before.containers().stream(), before.apart().stream())
                    .forEach(row -> earlier.put(row.path(), row));
        }
        return new JvmRates(
                jvm,
                now,
                seconds,
                used(earlierCpu, now.process()),
                rates(jvm, earlier, now.containers(), seconds),
                rates(jvm, earlier, now.apart(), seconds));
    }

    /** Looks at counters that can't fall as long as the JVM lives. */
    private static boolean isRestarted(OwnReading before, OwnReading now) {
        Row removed = before.removed();
        Row removedNow = now.removed();
        return hasFallen(before.process().processNanos(), now.process().processNanos())
                || (removed != null
                        && removedNow != null
                        && hasFallen(removed.cpuNanos(), removedNow.cpuNanos()));
    }

    private static boolean hasFallen(long before, long now) {
        return Usage.isKnown(before) && Usage.isKnown(now) && now < before;
    }

    private static ProcessCpu used(ProcessCpu before, ProcessCpu now) {
        return new ProcessCpu(
                difference(before.processNanos(), now.processNanos()),
                difference(before.containersNanos(), now.containersNanos()),
                difference(before.jvmNanos(), now.jvmNanos()),
                difference(before.gcNanos(), now.gcNanos()),
                difference(before.jitNanos(), now.jitNanos()),
                difference(before.ownNanos(), now.ownNanos()));
    }

    private static List<Rate> rates(
            String jvm, Map<String, Row> earlier, List<Row> rows, double seconds) {
        return rows.stream()
                .map(row -> rate(jvm, earlier.getOrDefault(row.path(), NOTHING), row, seconds))
                .toList();
    }

    private static Rate rate(String jvm, Row before, Row now, double seconds) {
        return new Rate(
                now,
                perSecond(before, now, Row::cpuNanos, seconds) / NANOS,
                perSecond(before, now, Row::allocatedBytes, seconds),
                perSecond(before, now, Row::forks, seconds),
                perSecond(before, now, Row::queuedNanos, seconds) / NANOS,
                perSecond(before, now, Row::waits, seconds) + perSecond(now.waiting(), seconds),
                perSecond(before, now, Row::gcEstimatedNanos, seconds) / NANOS,
                Double.NaN,
                Double.NaN,
                jvm,
                1);
    }

    private static double perSecond(
            Row before, Row now, ToLongFunction<Row> counter, double seconds) {
        return perSecond(
                difference(counter.applyAsLong(before), counter.applyAsLong(now)), seconds);
    }

    private static long difference(long before, long now) {
        if (!Usage.isKnown(before) || !Usage.isKnown(now)) {
            return Usage.UNKNOWN;
        }
        return now < before ? now : now - before;
    }

    /** Of what the process has used, by second, such as the number of CPUs. */
    double cpus(ToLongFunction<ProcessCpu> part) {
        return perSecond(part.applyAsLong(used), seconds) / NANOS;
    }

    private static double perSecond(long difference, double seconds) {
        return Usage.isKnown(difference) && seconds > 0 ? difference / seconds : Double.NaN;
    }
}
