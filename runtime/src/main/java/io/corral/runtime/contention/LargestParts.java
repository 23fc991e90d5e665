package io.corral.runtime.contention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The containers with the largest parts of something, by path. It keeps {@link #KEPT} of them, by
 * the space-saving algorithm: a container that is not among them takes the place and the part of
 * the smallest one. Not thread-safe.
 */
final class LargestParts {

    static final int KEPT = 8;

    private final String[] paths = new String[KEPT];
    private final double[] nanos = new double[KEPT];
    private int size;

    void add(String path, double more) {
        int smallest = 0;
        for (int i = 0; i < size; i++) {
            if (paths[i].equals(path)) {
                nanos[i] += more;
                return;
            }
            if (nanos[i] < nanos[smallest]) {
                smallest = i;
            }
        }
        int place = size < KEPT ? size++ : smallest;
        paths[place] = path;
        nanos[place] += more;
    }

    /** Multiplies all parts, so that older ones count less. */
    void scale(double factor) {
        for (int i = 0; i < size; i++) {
            nanos[i] *= factor;
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            nanos[i] = 0;
        }
        size = 0;
    }

    /** The parts of at least {@code least} nanoseconds, the largest first. */
    List<RanMeanwhile.Other> largest(int count, double least) {
        List<RanMeanwhile.Other> parts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (nanos[i] >= least) {
                parts.add(new RanMeanwhile.Other(paths[i], nanos[i]));
            }
        }
        parts.sort(Comparator.comparingDouble(RanMeanwhile.Other::nanos).reversed());
        return List.copyOf(parts.subList(0, Math.min(count, parts.size())));
    }
}
