package io.corral.report.page;

import io.corral.report.samples.Samples;
import io.corral.report.usage.TimeAxis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples in rows: samples with the same stack, set of places and bucket of time are one row.
 */
final class SampleRows {

    private static final int BUCKET_BITS = 8;
    private static final int SET_BITS = 24;

    private final Map<Long, Long> weights = new LinkedHashMap<>();

    SampleRows(Samples samples, int[] sets, int[] nodes, TimeAxis axis) {
        for (int i = 0; i < samples.size(); i++) {
            long stack = (long) nodes[samples.stack(i)] << (BUCKET_BITS + SET_BITS);
            long set = (long) sets[i] << BUCKET_BITS;
            long key = stack | set | axis.bucket(samples.nanos(i));
            weights.merge(key, samples.weight(i), Long::sum);
        }
    }

    int size() {
        return weights.size();
    }

    /** The four columns of the rows, as arrays. */
    Map<String, Object> columns() {
        List<Long> keys = List.copyOf(weights.keySet());
        return Map.of(
                "node",
                keys.stream()
                        .mapToInt(key -> (int) (key >>> (BUCKET_BITS + SET_BITS)))
                        .toArray(),
                "set",
                keys.stream()
                        .mapToInt(key -> (int) (key >>> BUCKET_BITS) & ((1 << SET_BITS) - 1))
                        .toArray(),
                "bucket",
                keys.stream()
                        .mapToInt(key -> (int) (key & ((1 << BUCKET_BITS) - 1)))
                        .toArray(),
                "weight",
                weights.values().stream().mapToLong(Long::longValue).toArray());
    }
}
