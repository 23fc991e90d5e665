package io.corral.runtime.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The requests that have begun, or wait at a door. A request takes an entry of the table with one
 * atomic write, and gives it back with another; a map takes four. Where it finds no entry free, it
 * is in a map.
 */
final class Admissions {

    /** A power of two. */
    private static final int SIZE = 1 << 10;

    /** The entries in a row that a request looks at. */
    private static final int LOOKS = 8;

    private static final AtomicReferenceArray<Admission> TABLE = new AtomicReferenceArray<>(SIZE);

    private static final Set<Admission> OTHERS = ConcurrentHashMap.newKeySet();

    private Admissions() {}

    static void add(Admission request) {
        int first = request.hashCode();
        for (int i = 0; i < LOOKS; i++) {
            int entry = (first + i) & (SIZE - 1);
            if (TABLE.get(entry) == null) {
                // Before others can see the request.
                request.entry = entry;
                if (TABLE.compareAndSet(entry, null, request)) {
                    return;
                }
            }
        }
        request.entry = Admission.NO_ENTRY;
        OTHERS.add(request);
    }

    /** Does nothing if the request was removed before. */
    static void remove(Admission request) {
        int entry = request.entry;
        if (entry == Admission.NO_ENTRY) {
            OTHERS.remove(request);
        } else {
            TABLE.compareAndSet(entry, request, null);
        }
    }

    static boolean isEmpty() {
        return OTHERS.isEmpty() && open().isEmpty();
    }

    /** For the tick. Some that come or go meanwhile are not in it. */
    static List<Admission> open() {
        List<Admission> all = new ArrayList<>(OTHERS);
        for (int entry = 0; entry < SIZE; entry++) {
            Admission request = TABLE.get(entry);
            if (request != null) {
                all.add(request);
            }
        }
        return all;
    }
}
