package io.corral.commands.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A container whose ready threads waited for a CPU, and the others that used most CPU time
 * meanwhile.
 *
 * @param waiting how many of its threads waited on average
 * @param others three at most, the one with the largest part first
 */
public record Meanwhile(double waiting, List<Other> others) {

    private static final int SHOWN = 3;

    /** A smaller part is not shown. */
    private static final double SMALLEST = 0.01;

    /** @param part of the time that the container waited: 0 to 1 */
    public record Other(String path, double part) {}

    /** @param nanos the part of the waited time of each of the others */
    static Meanwhile of(double waiting, long waitedNanos, Map<String, Long> nanos) {
        return new Meanwhile(
                waiting,
                nanos.entrySet().stream()
                        .map(each -> new Other(
                                each.getKey(), (double) each.getValue() / Math.max(1, waitedNanos)))
                        .filter(other -> other.part() >= SMALLEST)
                        .sorted(Comparator.comparingDouble(Other::part).reversed())
                        .limit(SHOWN)
                        .toList());
    }
}
