package io.corral.report.usage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long ready threads of a container have waited during a recording, and who ran meanwhile. */
public final class MeanwhileHistory {

    private static final int SHOWN = 3;

    /** A smaller part of the waited time is not shown. */
    private static final double SMALLEST = 0.01;

    /** @param nanos the part of the waited time that this container gets */
    public record Other(String path, long nanos) {}

    private final Map<String, Long> others = new HashMap<>();
    private long nanos;

    public void add(long waitedNanos) {
        nanos += waitedNanos;
    }

    public void addOther(String path, long partNanos) {
        others.merge(path, partNanos, Long::sum);
    }

    /** Summed over the threads. */
    public long nanos() {
        return nanos;
    }

    /** The three with the largest parts, the largest first. */
    public List<Other> others() {
        return others.entrySet().stream()
                .map(each -> new Other(each.getKey(), each.getValue()))
                .filter(other -> other.nanos() >= SMALLEST * nanos)
                .sorted(Comparator.comparingLong(Other::nanos).reversed())
                .limit(SHOWN)
                .toList();
    }
}
