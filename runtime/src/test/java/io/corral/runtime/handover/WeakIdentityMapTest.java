package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.runtime.notice.Notifier;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
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
    void valueIsReplacedOnlyIfItIsTheExpectedOne() {
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

    /** Else the map would keep the entries of all keys that are collected from then on. */
    @Test
    void sweepIsRequestedAgainAfterARequestRanOutOfMemory() {
        List<Object> keys = new ArrayList<>();
        Notifier before = Notifier.Current.notifier;
        Notifier.Current.notifier = work -> {
            throw new OutOfMemoryError("on purpose");
        };
        try {
            assertThatThrownBy(() -> addMany(keys)).isInstanceOf(OutOfMemoryError.class);
            List<Runnable> asked = new ArrayList<>();
            Notifier.Current.notifier = asked::add;
            addMany(keys);
            assertThat(asked).containsExactly(map);
            map.run();
            addMany(keys);
            addMany(keys);
            addMany(keys);
            addMany(keys);
            assertThat(asked).containsExactly(map, map);
        } finally {
            Notifier.Current.notifier = before;
        }
    }

    private void addMany(List<Object> keys) {
        for (int i = 0; i < 1_024; i++) {
            Object key = new Object();
            keys.add(key);
            map.putIfAbsent(key, "any");
        }
    }

    private WeakReference<Object> putLost() {
        Object key = new Object();
        map.putIfAbsent(key, "lost");
        return new WeakReference<>(key);
    }
}
