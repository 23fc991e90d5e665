package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {

    private final WeakIdentityMap<String> map = new WeakIdentityMap<>();

    @Test
    void keysAreComparedByIdentity() {
        Object one = new String("key");
        Object equal = new String("key");
        assertThat(map.putIfAbsent(one, "one")).isNull();
        assertThat(map.putIfAbsent(equal, "equal")).isNull();
        assertThat(map.putIfAbsent(one, "again")).isEqualTo("one");
        assertThat(map.get(one)).isEqualTo("one");
        assertThat(map.get(equal)).isEqualTo("equal");
        assertThat(map.get(new Object())).isNull();
    }

    @Test
    void valueIsReplacedOnlyIfItIsTheKnownOne() {
        Object key = new Object();
        map.putIfAbsent(key, "first");
        assertThat(map.replace(key, "other", "second")).isFalse();
        assertThat(map.replace(key, "first", "second")).isTrue();
        assertThat(map.replace(key, "first", null)).isFalse();
        assertThat(map.replace(key, "second", null)).isTrue();
        assertThat(map.get(key)).isNull();
    }

    @Test
    void sweepRemovesTheEntriesOfCollectedKeysAlone() {
        Object kept = new Object();
        map.putIfAbsent(kept, "kept");
        WeakReference<Object> lost = putLost();
        while (lost.get() != null) {
            System.gc();
        }
        map.run();
        StringBuilder left = new StringBuilder();
        map.changeAll(value -> {
            left.append(value);
            return value;
        });
        assertThat(left).hasToString("kept");
        assertThat(map.get(kept)).isEqualTo("kept");
    }

    private WeakReference<Object> putLost() {
        Object key = new Object();
        map.putIfAbsent(key, "lost");
        return new WeakReference<>(key);
    }
}
