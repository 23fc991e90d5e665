package io.corral.runtime.jdk;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Operations on maps that survive a stack overflow. A
 * {@link java.util.concurrent.ConcurrentHashMap} has a lock for each bin with many keys. An
 * overflow within it would leave that lock held, and the next writer would spin without end; a map
 * that is about to grow would lose keys. Here the overflow is delayed until the operation is
 * complete.
 */
public final class StackSafeMaps {

    private StackSafeMaps() {}

    @DontInline
    @ReservedStack
    public static <K, V> @Nullable V get(Map<K, V> map, K key) {
        return map.get(key);
    }

    @DontInline
    @ReservedStack
    public static <K, V> void put(Map<K, V> map, K key, V value) {
        map.put(key, value);
    }

    @DontInline
    @ReservedStack
    public static <K, V> @Nullable V putIfAbsent(ConcurrentMap<K, V> map, K key, V value) {
        return map.putIfAbsent(key, value);
    }

    @DontInline
    @ReservedStack
    public static void clear(Map<?, ?> map) {
        map.clear();
    }

    @DontInline
    @ReservedStack
    public static void remove(Map<?, ?> map, Object key, Object value) {
        map.remove(key, value);
    }
}
