package io.corral.runtime.container;

import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a map where the stack may overflow in the middle of it. In a {@link java.util.concurrent.ConcurrentHashMap} a bin
 * with many keys has a lock of its own, which both who writes and who reads would keep for good, so that the next who writes would
 * spin for ever; and any map that is about to grow would lose keys. In here the overflow is put off until the map is through.
 */
final class StackSafeMaps {

    private StackSafeMaps() {}

    @DontInline
    @ReservedStack
    static <K, V> @Nullable V get(Map<K, V> map, K key) {
        return map.get(key);
    }

    @DontInline
    @ReservedStack
    static <K, V> void put(Map<K, V> map, K key, V value) {
        map.put(key, value);
    }

    @DontInline
    @ReservedStack
    static void clear(Map<?, ?> map) {
        map.clear();
    }

    @DontInline
    @ReservedStack
    static void remove(Map<?, ?> map, Object key, Object value) {
        map.remove(key, value);
    }
}
