package io.corral.report.placement;

import io.corral.report.samples.LongList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The recorded stays of threads in one hierarchy. Stays of one thread do not overlap. */
final class Stays {

    private final Map<Long, ThreadStays> byThread = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> containers = new ArrayList<>();

    private static final class ThreadStays {
        final LongList begins = new LongList();
        final LongList ends = new LongList();
        final LongList containers = new LongList();

        /** The indexes of the stays, sorted by their beginnings; null until they are needed. */
        int @Nullable [] order;
    }

    void add(long thread, long begin, long end, String container) {
        ThreadStays stays = byThread.computeIfAbsent(thread, id -> new ThreadStays());
        stays.begins.add(begin);
        stays.ends.add(end);
        stays.containers.add(numbers.computeIfAbsent(container, path -> {
            containers.add(path);
            return containers.size() - 1;
        }));
        stays.order = null;
    }

    boolean has(long thread) {
        return byThread.containsKey(thread);
    }

    /** The container of the stay that covers a time, or null. */
    @Nullable String find(long thread, long nanos) {
        ThreadStays stays = byThread.get(thread);
        if (stays == null) {
            return null;
        }
        int[] order = ordered(stays);
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stays.begins.get(order[middle]) <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || stays.ends.get(order[low - 1]) < nanos) {
            return null;
        }
        return containers.get((int) stays.containers.get(order[low - 1]));
    }

    /** Sorts the stays by their beginnings, and those with the same beginning by their ends. */
    private static int[] ordered(ThreadStays stays) {
        int[] known = stays.order;
        if (known == null) {
            known = IntStream.range(0, stays.begins.size())
                    .boxed()
                    .sorted((one, other) -> {
                        int byBegin = Long.compare(stays.begins.get(one), stays.begins.get(other));
                        return byBegin != 0
                                ? byBegin
                                : Long.compare(stays.ends.get(one), stays.ends.get(other));
                    })
                    .mapToInt(Integer::intValue)
                    .toArray();
            stays.order = known;
        }
        return known;
    }
}
