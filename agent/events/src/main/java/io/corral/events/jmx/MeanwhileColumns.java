package io.corral.events.jmx;

import io.corral.runtime.contention.RanMeanwhile;

import java.util.List;

/**
 * The containers whose ready threads have waited for a CPU in the last seconds, and who ran
 * meanwhile, as arrays. The elements at one index are the values of one container. The class is
 * public for JMX, which creates composite data from the getters.
 */
public final class MeanwhileColumns {

    private final List<RanMeanwhile> rows;

    MeanwhileColumns(List<RanMeanwhile> rows) {
        this.rows = rows;
    }

    public String[] getPaths() {
        return rows.stream().map(RanMeanwhile::path).toArray(String[]::new);
    }

    /** How many of its threads waited on average. */
    public double[] getWaiting() {
        return rows.stream().mapToDouble(RanMeanwhile::waiting).toArray();
    }

    /** Three at most for each container: the paths of the others that used most CPU time. */
    public String[][] getOthers() {
        return rows.stream()
                .map(row ->
                        row.others().stream().map(RanMeanwhile.Other::path).toArray(String[]::new))
                .toArray(String[][]::new);
    }

    /** By the same indexes, the part of the waited time that each of the others gets: 0 to 1. */
    public double[][] getParts() {
        return rows.stream()
                .map(row -> row.others().stream()
                        .mapToDouble(other -> other.nanos() / row.waitedNanos())
                        .toArray())
                .toArray(double[][]::new);
    }
}
