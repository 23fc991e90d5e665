package io.corral.runtime.handover;

import io.corral.runtime.notice.Notifier;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A map with weak keys that are compared by identity. A value must not refer to its key. Entries of
 * collected keys are removed on Corral's background thread, since hooks do not iterate, and polling
 * a {@code ReferenceQueue} would take its lock.
 */
public final class WeakIdentityMap<V> implements Runnable {

    /**
     * The smallest number of additions between two sweeps. With many entries it is twice their
     * number.
     */
    private static final int LEAST_BETWEEN_SWEEPS = 1_024;

    /** The values by {@link Key}. */
    private final ConcurrentHashMap<Object, V> entries = new ConcurrentHashMap<>(4);

    /** Not exact: concurrent additions may count as one. */
    private int untilSweep = LEAST_BETWEEN_SWEEPS;

    /** 1 while the background thread has been asked to sweep and has not done so yet. */
    private final AtomicInteger isSweepAsked = new AtomicInteger();

    /**
     * Leaves work to the background thread, unless it was asked before. If there is no memory to
     * ask it, the next call does so.
     *
     * @param asked to be set to 0 by {@code work}
     */
    static void later(Runnable work, AtomicInteger asked) {
        Notifier background = Notifier.Current.notifier;
        if (background != null && asked.compareAndSet(0, 1)) {
            boolean accepted = false;
            try {
                background.later(work);
                accepted = true;
            } finally {
                if (!accepted) {
                    asked.set(0);
                }
            }
        }
    }

    public @Nullable V get(Object key) {
        return entries.get(new Probe(key));
    }

    /** @return the value that is there already, or null */
    @Nullable V putIfAbsent(Object key, V value) {
        V known = entries.putIfAbsent(new Key(key), value);
        if (known == null) {
            added();
        }
        return known;
    }

    private void added() {
        if (--untilSweep <= 0) {
            later(this, isSweepAsked);
        }
    }

    public void put(Object key, V value) {
        if (entries.put(new Key(key), value) == null) {
            added();
        }
    }

    /** @return the value that was there, or null */
    @Nullable V remove(Object key) {
        return entries.remove(new Probe(key));
    }

    /**
     * @param next null to remove the entry
     * @return false if the value is no longer {@code known}
     */
    public boolean replace(Object key, V known, @Nullable V next) {
        return replaceEntry(new Probe(key), known, next);
    }

    private boolean replaceEntry(Object key, V known, @Nullable V next) {
        return next == null ? entries.remove(key, known) : entries.replace(key, known, next);
    }

    void clear() {
        entries.clear();
    }

    /** Runs on the background thread: removes the entries of collected keys. */
    @Override
    public void run() {
        try {
            for (Iterator<Object> keys = entries.keySet().iterator(); keys.hasNext(); ) {
                if (((Key) keys.next()).refersTo(null)) {
                    keys.remove();
                }
            }
        } finally {
            untilSweep = Math.max(LEAST_BETWEEN_SWEEPS, 2 * entries.size());
            isSweepAsked.set(0);
        }
    }

    /** The keys that are reachable. Not for hooks. */
    List<Object> keys() {
        List<Object> keys = new ArrayList<>();
        for (Object each : entries.keySet()) {
            Object key = ((Key) each).get();
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** A change of a value. */
    interface Change<V> {

        /** @return the new value; null to remove the entry */
        @Nullable V of(V value);
    }

    /** Runs on the background thread. Skips a value that another thread changes meanwhile. */
    void changeAll(Change<V> change) {
        for (Map.Entry<Object, V> entry : entries.entrySet()) {
            V value = entry.getValue();
            V changed = change.of(value);
            if (changed != value) {
                replaceEntry(entry.getKey(), value, changed);
            }
        }
    }

    private static final class Key extends WeakReference<Object> {

        private final int hash;

        Key(Object object) {
            super(object);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (other == this) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Key key && key.refersTo(object);
        }
    }

    /** Equals the key of its object, for a look-up. */
    private static final class Probe {

        private final Object object;

        Probe(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.refersTo(object);
        }
    }
}
