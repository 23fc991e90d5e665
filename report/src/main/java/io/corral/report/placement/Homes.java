package io.corral.report.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The homes of threads in one hierarchy, as the events say them. */
final class Homes {

    private final Map<Long, NavigableMap<Long, String>> byThread = new HashMap<>();

    /** The thread was at home in the container then, and until the next home that is known. */
    void at(long thread, long nanos, String container) {
        byThread.computeIfAbsent(thread, id -> new TreeMap<>()).put(nanos, container);
    }

    /** As {@link #at}, but the thread was there already, unless another home is known. */
    void before(long thread, String container) {
        byThread.computeIfAbsent(thread, id -> new TreeMap<>())
                .putIfAbsent(Long.MIN_VALUE, container);
    }

    /** The home at that time, else the first that is known later, else null. */
    @Nullable String find(long thread, long nanos) {
        NavigableMap<Long, String> homes = byThread.get(thread);
        if (homes == null) {
            return null;
        }
        Map.Entry<Long, String> now = homes.floorEntry(nanos);
        return (now == null ? homes.firstEntry() : now).getValue();
    }
}
