package io.corral.report.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The homes of threads in one hierarchy, from the events. */
final class Homes {

    private final Map<Long, NavigableMap<Long, String>> byThread = new HashMap<>();

    /** Adds the home of a thread from this time on, until the next one. */
    void put(long thread, long nanos, String container) {
        byThread.computeIfAbsent(thread, id -> new TreeMap<>()).put(nanos, container);
    }

    /** Adds the home of a thread before its first known one. */
    void putInitial(long thread, String container) {
        byThread.computeIfAbsent(thread, id -> new TreeMap<>())
                .putIfAbsent(Long.MIN_VALUE, container);
    }

    /** The home at a time; the first later one if it is not known; null if there is none. */
    @Nullable String find(long thread, long nanos) {
        NavigableMap<Long, String> homes = byThread.get(thread);
        if (homes == null) {
            return null;
        }
        Map.Entry<Long, String> now = homes.floorEntry(nanos);
        return (now == null ? homes.firstEntry() : now).getValue();
    }
}
